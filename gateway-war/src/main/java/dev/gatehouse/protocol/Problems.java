package dev.gatehouse.protocol;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a frame, as text for its sender (wire reference 1.5). Confined to one thread. */
public final class Problems {

    private static final int TOLD = 5;

    private final List<String> texts = new ArrayList<>();

    /** Notes one problem; {@code path} is a JSON pointer, empty for the outermost object. */
    void note(String path, String problem) {
        noteText(path.isEmpty() ? problem : "at " + path + ": " + problem);
    }

    /** Notes that an object has a member that it must not have; the name is the sender's own. */
    void noteUnexpected(String path, String name) {
        noteText("at " + (path.isEmpty() ? "root" : path) + ": unexpected property '" + PlainText.excerpt(name) + "'");
    }

    private void noteText(String text) {
        if (texts.size() < TOLD) {
            texts.add(text);
        }
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /** The first five problems, joined by semicolons. */
    @Override
    public String toString() {
        return String.join("; ", texts);
    }
}
