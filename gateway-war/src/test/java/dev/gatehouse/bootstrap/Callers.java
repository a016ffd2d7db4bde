package dev.gatehouse.bootstrap;

import java.util.List;

import dev.gatehouse.spi.UpgradeContext.Transport;
import dev.gatehouse.testkit.ConnectFixture;

/** The kinds of client that the refusals speak to in different words. */
final class Callers {

    static final String REMOTE = "203.0.113.9";
    static final String WRONG = "wrong";

    private static final String LOCAL_PAGE = "http://localhost:18789";

    private Callers() {}

    static ConnectFixture localCli() {
        return ConnectFixture.cli();
    }

    static ConnectFixture remoteCli() {
        return remote(ConnectFixture.cli());
    }

    static ConnectFixture webchat() {
        return ConnectFixture.client("webchat-ui", "webchat").withOrigin(LOCAL_PAGE);
    }

    static ConnectFixture copilot() {
        return ConnectFixture.client("openclaw-browser-copilot", "ui").withOrigin(LOCAL_PAGE);
    }

    static ConnectFixture nativeApp() {
        return remote(ConnectFixture.client("openclaw-macos", "ui"));
    }

    /** The Control UI of another machine, over TLS, opened on a page of that origin. */
    static ConnectFixture remoteControlUi(String origin) {
        return remote(ConnectFixture.controlUi()).over(Transport.TLS).withOrigin(origin);
    }

    static ConnectFixture remote(ConnectFixture facts) {
        return facts.from(REMOTE).withHost("gateway.example:18789");
    }

    /** Clients that are told how a person types the secret into a page or a terminal. */
    static List<ConnectFixture> userInterfaces() {
        return List.of(ConnectFixture.controlUi(), ConnectFixture.tui(), webchat());
    }

    /** Clients that no person sits before, or an app of their own. */
    static List<ConnectFixture> others() {
        return List.of(ConnectFixture.node(), ConnectFixture.backend(), nativeApp());
    }
}
