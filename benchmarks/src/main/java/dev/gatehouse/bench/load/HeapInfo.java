package dev.gatehouse.bench.load;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the used heap out of what {@code jcmd GC.heap_info} prints for the collectors of the JDK. */
final class HeapInfo {

    /** Whole heap or generation, never the spaces inside one: those would count twice. */
    private static final Pattern USED = Pattern.compile(
            "(?:garbage-first heap|def new generation|tenured generation|PSYoungGen|ParOldGen|ZHeap)\\s[^\\n]*?used (\\d+)([KM])");

    private HeapInfo() {}

    static long usedBytes(String heapInfo) throws IOException {
        Matcher matcher = USED.matcher(heapInfo);
        long bytes = 0;
        boolean found = false;
        while (matcher.find()) {
            found = true;
            bytes += Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("M") ? 20 : 10);
        }
        if (!found) {
            throw new IOException("no heap of a known collector in '" + heapInfo.strip() + "'");
        }
        return bytes;
    }
}
