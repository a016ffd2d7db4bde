package dev.gatehouse.management;

import dev.gatehouse.device.Handover;

/** The pages for people who open a join link in a browser. They load nothing, and show nothing that a peer has said. */
final class JoinPage {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Gatehouse invitation</title>
            <meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
            <style>body{font:16px/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em}
            code{overflow-wrap:anywhere;background:#eee;padding:.2em}button{font:inherit;padding:.4em 1em}</style></head><body>
            """;
    private static final String END = "</body></html>\n";

    private JoinPage() {}

    /** What this is; nothing has come of opening it. */
    static String closed(String url) {
        return HEAD
                + "<h1>You are invited</h1><p>This link lets one device connect to a gateway, once. On a machine with"
                + " Node.js, run</p><p><code>npx openclaw connect " + escaped(url) + "</code></p>"
                + "<p>To connect an app or this browser instead, open the invitation here. The link cannot be used"
                + " again then.</p><form method=\"post\"><button>Open the invitation</button></form>" + END;
    }

    /** The invitation, open. */
    static String open(Handover handover) {
        String browser = handover.dashboardUrl()
                .map(url -> "<p><a rel=\"noreferrer\" href=\"" + escaped(url)
                        + "\">Open the Control UI in this browser</a></p>")
                .orElse("");
        return HEAD + "<h1>Your invitation</h1>" + browser + "<p><a href=\""
                + escaped(handover.setupCode().pairUri()) + "\">Open the app on this device</a></p>"
                + "<p>Or copy the setup code:</p><p><code>"
                + escaped(handover.setupCode().text())
                + "</code></p><p>It is good for one device, until "
                + handover.setupCode().expiresAt()
                + ". It is not shown again.</p>" + END;
    }

    /** The code is of no use. */
    static String unknown() {
        return HEAD
                + "<h1>This invitation is over</h1><p>The link is wrong, too old, or was used. Ask for a new one.</p>"
                + END;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
