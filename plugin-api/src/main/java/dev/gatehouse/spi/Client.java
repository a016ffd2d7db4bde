package dev.gatehouse.spi;

import java.util.List;
import java.util.Optional;

/**
 * What a client says about itself in its connect frame (wire reference 2.2). Declared, not proven: nothing in here may
 * widen what a client gets.
 *
 * @param id the client's kind, such as {@code cli} or {@code openclaw-control-ui}
 * @param mode how it runs, such as {@code cli}, {@code backend} or {@code webchat}
 * @param version its version
 * @param platform the platform it runs on, as sent
 * @param deviceFamily the family of the device, as sent
 * @param displayName the name it would like to be shown by
 * @param capabilities what it says it can do
 * @since 0.1
 */
public record Client(
        String id,
        String mode,
        String version,
        String platform,
        Optional<String> deviceFamily,
        Optional<String> displayName,
        List<String> capabilities) {

    private static final String CONTROL_UI = "openclaw-control-ui";
    private static final String BROWSER_COPILOT = "openclaw-browser-copilot";
    private static final String TUI = "openclaw-tui";

    /**
     * Whether this is the Control UI or the terminal UI, which share the rules for operator UIs (wire reference 2.2,
     * {@code isControlUi}).
     *
     * @return true for both, not for the browser copilot
     */
    public boolean isControlUi() {
        return id.equals(CONTROL_UI) || id.equals(TUI);
    }

    /**
     * Whether this is the browser extension that drives a page on an operator's behalf.
     *
     * @return true for the browser copilot
     */
    public boolean isBrowserCopilot() {
        return id.equals(BROWSER_COPILOT);
    }

    /**
     * Whether this is the chat page.
     *
     * @return true for mode {@code webchat} or id {@code webchat-ui}
     */
    public boolean isWebchat() {
        return mode.equals("webchat") || id.equals("webchat-ui");
    }

    /**
     * Whether this client lives in a browser, by what it says: such a client always has an origin.
     *
     * @return true for the Control UI, the browser copilot and the chat page
     */
    public boolean isBrowser() {
        return id.equals(CONTROL_UI) || isBrowserCopilot() || isWebchat();
    }

    /**
     * Whether this is the command line.
     *
     * @return true for id {@code cli} in mode {@code cli}
     */
    public boolean isCli() {
        return id.equals("cli") && mode.equals("cli");
    }

    /**
     * Whether this is a program that embeds the reference client as a back end.
     *
     * @return true for id {@code gateway-client} in mode {@code backend}
     */
    public boolean isBackend() {
        return id.equals("gateway-client") && mode.equals("backend");
    }
}
