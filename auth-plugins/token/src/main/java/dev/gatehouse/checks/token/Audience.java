package dev.gatehouse.checks.token;

import dev.gatehouse.spi.ConnectContext;

/** Whom a refusal speaks to: the stock hints differ by kind of client (wire reference 4.6, R30 to R40). */
enum Audience {
    /** A person before the Control UI, the terminal UI or the chat page. */
    USER_INTERFACE(
            "paste in Control UI settings or openclaw doctor --generate-gateway-token; restart",
            "open the dashboard URL and paste the token in Control UI settings",
            "enter the password in Control UI settings"),
    /** A person at the command line of the gateway's machine. */
    LOCAL_COMMAND_LINE(
            "use this gateway's gateway.auth.token or pair the device",
            "use this gateway's gateway.auth.token or pair the device",
            "use this gateway's gateway.auth.password"),
    /** A person at the command line of another machine. */
    REMOTE_COMMAND_LINE(
            "set gateway.remote.token to match gateway.auth.token",
            "set gateway.remote.token to match gateway.auth.token",
            "set gateway.remote.password to match gateway.auth.password"),
    /** Whoever runs a node, a back end or a native app. */
    OTHER("provide gateway auth token", "provide gateway auth token", "provide gateway auth password");

    private final String tokenMissingHint;
    private final String tokenMismatchHint;
    private final String passwordHint;

    Audience(String tokenMissingHint, String tokenMismatchHint, String passwordHint) {
        this.tokenMissingHint = tokenMissingHint;
        this.tokenMismatchHint = tokenMismatchHint;
        this.passwordHint = passwordHint;
    }

    static Audience of(ConnectContext context) {
        if (context.client().isControlUi() || context.client().isWebchat()) {
            return USER_INTERFACE;
        }
        if (!context.client().mode().equals("cli")) {
            return OTHER;
        }
        return context.upgrade().isLocal() ? LOCAL_COMMAND_LINE : REMOTE_COMMAND_LINE;
    }

    String missingHint(Mode mode) {
        return mode == Mode.TOKEN ? tokenMissingHint : passwordHint;
    }

    String mismatchHint(Mode mode) {
        return mode == Mode.TOKEN ? tokenMismatchHint : passwordHint;
    }
}
