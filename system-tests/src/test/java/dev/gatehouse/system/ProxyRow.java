package dev.gatehouse.system;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gatehouse.system.ProxyCaller.Concluded;

/**
 * One way to the gateway, and what the gateway made of it.
 *
 * @param trusted the proxies that it trusted
 * @param caller who called
 * @param isRemote whether that was another machine than the gateway's
 * @param way through what
 * @param sent what the caller sent besides, in the words of the table
 * @param concluded what the gateway made of it
 */
record ProxyRow(List<String> trusted, String caller, boolean isRemote, String way, String sent, Concluded concluded) {

    static final String HEADER = """
            | who | comes | and sends | is | local | secure | because | a WebSocket is told |
            |---|---|---|---|---|---|---|---|
            """;

    boolean isLocal() {
        return concluded.whoami().path("local").asBoolean();
    }

    boolean isRefused() {
        return concluded.whoami().has("refused");
    }

    /** A line of the table, without what differs from one run to the next. */
    String line(String ownAddress) {
        var whoami = concluded.whoami();
        return Stream.of(
                        caller,
                        way,
                        sent,
                        isRefused() ? "nobody can tell" : whoami.path("address").asText(),
                        yesOrNo(isLocal()),
                        yesOrNo(whoami.path("secure").asBoolean()),
                        whoami.path("localWhy").asText(),
                        concluded.told())
                .map(cell -> cell.replace(ownAddress, "CLIENT").replaceAll(":\\d{4,5}\\b", ":PORT"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String yesOrNo(boolean is) {
        return is ? "yes" : "no";
    }
}
