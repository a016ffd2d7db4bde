package dev.gatehouse.bench;

import java.util.Locale;

/** What can be said on the command line; an option with an empty fallback has none. */
enum Option {
    URL("ws://host:port/path", "ws://127.0.0.1:18789", "the gateway"),
    TOKEN_FILE("file", "", "holds the shared token: secrets/gateway-token in the gateway's home"),
    API_KEY_FILE("file", "", "holds an API key: secrets/api-key in the gateway's home"),
    PID("number", "", "the gateway's process, for its processor time and memory"),
    DEVICES("number", "81", "how many devices"),
    DEVICES_FILE("file", "gatehouse-bench-devices.tsv", "keeps the tokens of paired devices"),
    SEEDED("number", "", "knock with devices that the seed command added: how many it added"),
    SEED("number", "1", "names the family of device keys"),
    CONNECTIONS("number", "16", "how many at a time"),
    SECONDS("number", "10", "length of the measured window"),
    WARMUP("number", "5", "seconds before the measured window"),
    SESSIONS("number", "1000", "how many idle sessions"),
    SOURCES("number", "64", "how many local addresses 127.0.0.x to start from, when the gateway is on loopback"),
    TIMEOUT("number", "15", "seconds to wait for any single answer"),
    DATABASE("jdbc:...", "", "the gateway's database, while the gateway is stopped"),
    USER("name", "gatehouse", "the database's user"),
    PASSWORD_FILE("file", "", "holds the database's password; without it the password is empty");

    private final String placeholder;
    private final String fallback;
    private final String about;

    Option(String placeholder, String fallback, String about) {
        this.placeholder = placeholder;
        this.fallback = fallback;
        this.about = about;
    }

    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String fallback() {
        return fallback;
    }

    String help() {
        String text = String.format(Locale.ROOT, "  %-32s %s", flag() + " <" + placeholder + ">", about);
        return fallback.isEmpty() ? text : text + " [" + fallback + "]";
    }
}
