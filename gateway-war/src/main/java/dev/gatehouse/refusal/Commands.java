package dev.gatehouse.refusal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands and addresses by which an operator does something about a refusal. What a client said is put into one only
 * in a form that means nothing to a shell.
 *
 * @param gateway where whoever reads this reaches the gateway
 */
record Commands(String gateway) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern SCOPE = Pattern.compile("[a-z]+(\\.[a-z-]+)*");
    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9._:\\[\\]-]+(/[A-Za-z0-9._/-]*)?");
    private static final String CURL = "curl -H \"Authorization: Bearer $API_KEY\" ";
    private static final String JSON = "-H 'Content-Type: application/json' -d ";

    Commands {
        gateway = ADDRESS.matcher(gateway).matches() ? gateway : "$GATEHOUSE";
    }

    String console(String page) {
        return gateway + "/console/#" + page;
    }

    String get(String path) {
        return CURL + "\"" + gateway + "/api/v1/" + path + "\"";
    }

    private String post(String path, String body) {
        return CURL + (body.isEmpty() ? "-X POST " : JSON + "'" + body + "' ") + "\"" + gateway + "/api/v1/" + path
                + "\"";
    }

    /** Every way to approve a pairing request. */
    Stream<Fix> approve(String requestId, Account account) {
        if (!ID.matcher(requestId).matches()) {
            return whoWaits();
        }
        String path = "pairing-requests/" + requestId + "/approve";
        Stream<Fix> all = Stream.of(
                Fix.operator("approve it in the console", console("pairing/" + requestId)),
                Fix.operator("or with OpenClaw's command line", "openclaw devices approve " + requestId),
                Fix.operator(
                        "or with the owner's command, on the gateway's machine",
                        "java -jar gatehouse.war devices approve " + requestId),
                Fix.operator("or over REST", post(path, "")));
        return Stream.concat(all, narrower(path, account).stream());
    }

    private Optional<Fix> narrower(String path, Account account) {
        List<String> asked = account.seen().client().map(Visitor::scopes).orElse(List.of()).stream()
                .filter(SCOPE.asMatchPredicate())
                .toList();
        if (asked.size() < 2) {
            return Optional.empty();
        }
        String scopes = asked.stream().map(scope -> "\"" + scope + "\"").collect(Collectors.joining(", "));
        return Optional.of(Fix.operator(
                "or give it less: leave out of the list what it should not have",
                post(path, "{\"scopes\": [" + scopes + "]}")));
    }

    /** Who waits for an answer. */
    Stream<Fix> whoWaits() {
        return Stream.of(
                Fix.operator("answer those that wait, in the console", console("pairing")),
                Fix.operator("or with OpenClaw's command line", "openclaw devices list"));
    }

    /** An invitation of the kind that fits the client. */
    Stream<Fix> invite(Account account) {
        String profile = profile(account.seen().client());
        Stream<Fix> command = profile.equals("node")
                ? Stream.of(Fix.operator("make a join link with OpenClaw's command line", "openclaw devices join-code"))
                : Stream.empty();
        return Stream.concat(
                command,
                Stream.of(Fix.operator(
                        "invite the device: it needs no shared secret and no approval then",
                        post("invitations", "{\"profile\": \"" + profile + "\"}"))));
    }

    /** The ban that shut a client out. */
    Stream<Fix> lift(Account account) {
        Stream<Fix> wait = Stream.of(Fix.operator("see who is shut out, by which ban", get("bans")));
        return Stream.concat(
                account.told().banId().filter(ID.asMatchPredicate()).stream()
                        .map(id -> Fix.operator(
                                "lift the ban, if it shuts out the wrong one; it is in force until then",
                                CURL + "-X DELETE \"" + gateway + "/api/v1/bans/" + id + "\"")),
                wait);
    }

    /** A device whose key changed can only come back as a new one. */
    Stream<Fix> removeDevice(Account account) {
        return account.seen().client().flatMap(Visitor::deviceId).filter(ID.asMatchPredicate()).stream()
                .flatMap(device -> Stream.of(
                        Fix.operator(
                                "find out who uses the id of this device: the key is not the one that you approved"),
                        Fix.operator(
                                "if it is the same device with a new key, remove it; then it can ask again",
                                "openclaw devices remove " + device)));
    }

    private static String profile(Optional<Visitor> visitor) {
        if (visitor.filter(client -> client.role().equals("node")).isPresent()) {
            return "node";
        }
        return visitor.filter(client -> client.id().equals("openclaw-control-ui"))
                        .isPresent()
                ? "control-ui"
                : "limited";
    }
}
