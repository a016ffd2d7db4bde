package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.gatehouse.refusal.VisibleText;

/** How the gateway sees whoever asks, for people. Loads nothing and runs nothing; all that was sent is shown as text. */
final class WhoamiPage {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>How the gateway sees you</title>
            <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <style>body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}
            th,td{text-align:left;vertical-align:top;padding:.2em 1em .2em 0;overflow-wrap:anywhere}
            th{min-width:7em}</style></head><body><main><h1>How the gateway sees you</h1>
            """;
    private static final String END = "</main></body></html>\n";

    private WhoamiPage() {}

    static String of(WhoamiView view) {
        return HEAD
                + table(List.of(
                        row("address", view.address()),
                        row("this machine?", answer(view.local(), view.localWhy())),
                        row("secure context?", answer(view.secure(), view.secureWhy())),
                        row("scheme", view.scheme()),
                        row("host", sent(view.host())),
                        row("origin", sent(view.origin())),
                        row("credentials", names(view.credentials())),
                        row("a WebSocket", answer(view.refused()))))
                + "<h2>On the way here</h2>"
                + table(view.hops().stream()
                        .map(hop -> row(hop.address(), "by " + hop.source() + ": " + hop.why()))
                        .toList())
                + headers(view.forwarded())
                + END;
    }

    private static String headers(List<WhoamiView.Header> forwarded) {
        return forwarded.isEmpty()
                ? ""
                : "<h2>What proxies added</h2>"
                        + table(forwarded.stream()
                                .map(header -> row(header.name(), header.value()))
                                .toList());
    }

    private static String table(List<String> rows) {
        return rows.stream().collect(Collectors.joining("\n", "<table>\n", "\n</table>\n"));
    }

    private static String row(String name, String value) {
        return "<tr><th scope=\"row\">" + VisibleText.html(name) + "</th><td>" + VisibleText.html(value) + "</td></tr>";
    }

    private static String answer(boolean isSo, String why) {
        return (isSo ? "yes: " : "no: ") + why;
    }

    private static String answer(Optional<String> refused) {
        return refused.map(why -> "is refused with HTTP 403, proxy_attribution_required: " + why
                        + "; try one, and the gateway's log has what would make it right")
                .orElse("is examined by the checks");
    }

    private static String sent(Optional<String> header) {
        return header.orElse("not sent");
    }

    private static String names(List<String> credentials) {
        return credentials.isEmpty() ? "none sent" : String.join(", ", credentials) + " (not shown)";
    }
}
