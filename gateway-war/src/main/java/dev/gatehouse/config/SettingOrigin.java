package dev.gatehouse.config;

import java.util.Locale;

/** Where a setting in force comes from. */
public enum SettingOrigin {
    /** An environment variable says so. */
    ENVIRONMENT,
    /** The config file says so. */
    FILE,
    /** Nobody says anything, and the gateway has its own way. */
    DEFAULT;

    /** The name in the API. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
