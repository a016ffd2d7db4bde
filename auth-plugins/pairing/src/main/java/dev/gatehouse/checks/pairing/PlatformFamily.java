package dev.gatehouse.checks.pairing;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stays the same of a client's platform when its system or the client is upgraded, or the processor is another one.
 *
 * <p>Clients name one system in many ways: Node.js {@code darwin} and {@code win32}, native apps {@code iOS 18.1}, browsers
 * {@code MacIntel}, {@code Win32} and {@code Linux x86_64}. The family is the system's name, which is the word at the
 * beginning; a system that is not known here is its own family, without the version behind it.
 */
final class PlatformFamily {

    private static final Pattern LEADING_WORD = Pattern.compile("[a-z]+");
    private static final Pattern VERSION = Pattern.compile("[ /]v?[0-9][0-9a-z._-]*$");
    private static final Map<String, String> SYSTEMS = Map.ofEntries(
            Map.entry("android", "android"),
            Map.entry("darwin", "macos"),
            Map.entry("ios", "ios"),
            Map.entry("ipad", "ios"),
            Map.entry("ipados", "ios"),
            Map.entry("iphone", "ios"),
            Map.entry("ipod", "ios"),
            Map.entry("linux", "linux"),
            Map.entry("mac", "macos"),
            Map.entry("macintel", "macos"),
            Map.entry("macos", "macos"),
            Map.entry("macppc", "macos"),
            Map.entry("tvos", "tvos"),
            Map.entry("visionos", "visionos"),
            Map.entry("watchos", "watchos"),
            Map.entry("win", "windows"),
            Map.entry("windows", "windows"));

    private PlatformFamily() {}

    /** The family of a platform; blank for a blank one. */
    static String of(String platform) {
        String comparable = platform.strip().toLowerCase(Locale.ROOT);
        Matcher word = LEADING_WORD.matcher(comparable);
        String system = word.lookingAt() ? SYSTEMS.getOrDefault(word.group(), "") : "";
        return system.isEmpty() ? VERSION.matcher(comparable).replaceFirst("") : system;
    }
}
