package dev.gatehouse.plugin;

/** Text from inside a jar, made fit for a message: one line, bounded. */
final class Quoted {

    private static final int MAX_VALUE = 80;
    private static final int MAX_SENTENCE = 300;

    private Quoted() {}

    /** A value in quotes. */
    static String value(String text) {
        return "'" + line(text, MAX_VALUE) + "'";
    }

    /** What somebody else's exception says. */
    static String sentence(String text) {
        return line(text, MAX_SENTENCE);
    }

    private static String line(String text, int max) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= max ? line : line.substring(0, max) + "...";
    }
}
