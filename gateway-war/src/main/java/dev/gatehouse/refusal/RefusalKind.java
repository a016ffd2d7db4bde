package dev.gatehouse.refusal;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The catalogue of what a client can be told when it is not admitted (wire reference 1.5 and 4.6): what people read, why,
 * and what to do. A kind is told by its code, by how its message begins and, where two share both, by the reason in its
 * details; more particular kinds stand before more general ones.
 *
 * <p>{@code docs/close-reasons.md} and the table of the README are generated of this; texts are Markdown.
 */
public enum RefusalKind {
    TOKEN_MISSING(
            Topic.CREDENTIALS,
            "AUTH_TOKEN_MISSING",
            "unauthorized: gateway token missing",
            "no shared token and no device token came",
            "give the client the content of `secrets/gateway-token`"),
    DEVICE_TOKEN_WITHOUT_DEVICE(
            Topic.CREDENTIALS,
            "AUTH_TOKEN_MISSING",
            "unauthorized: device token rejected",
            "a device token came without the device that it belongs to",
            "let the client sign with its device, or give it the shared token"),
    DEVICE_NOT_IDENTIFIED(
            Topic.CREDENTIALS,
            "AUTH_TOKEN_MISSING",
            "unauthorized: device token missing",
            "the device showed no device token, and nothing else identified it",
            "connect once with the shared token, then approve the device"),
    TOKEN_MISMATCH(
            Topic.CREDENTIALS,
            "AUTH_TOKEN_MISMATCH",
            "unauthorized: gateway token mismatch",
            "the token is not this gateway's",
            "give the client the content of `secrets/gateway-token`; the file is read anew, no restart is needed"),
    TOKEN_NOT_CONFIGURED(
            Topic.CREDENTIALS,
            "AUTH_TOKEN_NOT_CONFIGURED",
            "unauthorized: gateway token not configured on gateway",
            "the file or variable that holds the shared token is empty or gone",
            "write the token there, `checks.token.token` says where"),
    PASSWORD_MISSING(
            Topic.CREDENTIALS,
            "AUTH_PASSWORD_MISSING",
            "unauthorized: gateway password missing",
            "no shared password and no device token came",
            "give the client the password; `checks.token.password` says where it is"),
    PASSWORD_MISMATCH(
            Topic.CREDENTIALS,
            "AUTH_PASSWORD_MISMATCH",
            "unauthorized: gateway password mismatch",
            "the password is not this gateway's",
            "give the client the password; `checks.token.password` says where it is"),
    PASSWORD_NOT_CONFIGURED(
            Topic.CREDENTIALS,
            "AUTH_PASSWORD_NOT_CONFIGURED",
            "unauthorized: gateway password not configured on gateway",
            "the file or variable that holds the shared password is empty or gone",
            "write the password there, `checks.token.password` says where"),
    SECRET_REDACTED(
            Topic.CREDENTIALS,
            "AUTH_UNAUTHORIZED",
            "gateway credential is a redaction sentinel",
            "what is kept as the shared secret is a mask, such as `***`, and no secret",
            "write the secret itself there"),
    INVITATION_UNUSABLE(
            Topic.CREDENTIALS,
            "AUTH_BOOTSTRAP_TOKEN_INVALID",
            "unauthorized: setup code invalid, expired, revoked, or already used",
            "the invitation is over, or for another role",
            "invite again"),
    NOT_IDENTIFIED(
            Topic.CREDENTIALS,
            "NOT_IDENTIFIED",
            "unauthorized: no admission check identified the client",
            "no check of the chain knows who the client is",
            "add a check that identifies clients to `admission.chain`, such as `token`"),
    DEVICE_TOKEN_ROTATED(
            Topic.DEVICES,
            "AUTH_DEVICE_TOKEN_MISMATCH",
            "unauthorized: device token was replaced by a newer one",
            "the device was given another token since",
            "use the newer one, or connect with the shared token once"),
    DEVICE_TOKEN_REVOKED(
            Topic.DEVICES,
            "AUTH_DEVICE_TOKEN_MISMATCH",
            "unauthorized: device token was revoked",
            "an operator revoked it",
            "connect with the shared token once: the device asks again, and an operator approves"),
    DEVICE_TOKEN_EXPIRED(
            Topic.DEVICES,
            "AUTH_DEVICE_TOKEN_MISMATCH",
            "unauthorized: device token has expired",
            "it is older than `devices.token-lifetime`, and its device did not come in time for another",
            "connect with the shared token once"),
    DEVICE_TOKEN_MISMATCH(
            Topic.DEVICES,
            "AUTH_DEVICE_TOKEN_MISMATCH",
            "unauthorized: device token mismatch",
            "the device was removed, or its token replaced",
            "connect with the shared token once"),
    SCOPE_MISMATCH(
            Topic.DEVICES,
            "AUTH_SCOPE_MISMATCH",
            "unauthorized: device token scope mismatch",
            "the client asks for scopes that its token does not carry",
            "ask for less, or connect with the shared token once and have the request approved"),
    NOT_APPROVED(
            Topic.DEVICES,
            "PAIRING_REQUIRED",
            "pairing required: device is not approved yet",
            "nobody approved the device",
            "`openclaw devices approve <id>`, `POST /api/v1/pairing-requests/<id>/approve`, or the [owner's"
                    + " command](README#the-owners-commands) `devices approve <id>`"),
    ACCESS_REVOKED(
            Topic.DEVICES,
            "PAIRING_REQUIRED",
            "pairing required: access of this device was revoked",
            "an operator revoked it, and it asks again",
            "approve the request only if it is to come back"),
    IDENTITY_CHANGED(
            Topic.DEVICES,
            "PAIRING_REQUIRED",
            "pairing required: device identity changed",
            "the device says that it runs on another platform than the one that was approved",
            "approve the request if you know why"),
    ROLE_UPGRADE(
            Topic.DEVICES,
            "PAIRING_REQUIRED",
            "pairing required: device is asking for a higher role",
            "it wants to connect in a role that was not approved",
            "approve the request, or connect in the role that was"),
    SCOPE_UPGRADE(
            Topic.DEVICES,
            "PAIRING_REQUIRED",
            "pairing required: device is asking for more scopes",
            "it wants more than was approved",
            "approve, or approve with fewer `scopes`"),
    REMOVED_MEANWHILE(
            Topic.DEVICES,
            "PAIRING_REQUIRED",
            "pairing required: device was removed while it connected",
            "an operator removed it at that moment",
            "nothing, if it is to stay away; else let it ask again"),
    TOO_MANY_WAIT(
            Topic.DEVICES,
            "PAIRING_REQUIRED",
            "pairing required: too many pairing requests are waiting",
            "as many devices wait as `devices.pending-max` allows, or as many of one address",
            "answer those that wait; the client comes back by itself"),
    DEVICE_REQUIRED(
            Topic.DEVICES,
            "DEVICE_IDENTITY_REQUIRED",
            "device identity required",
            "the client sent neither a device identity nor a shared secret that is enough without one",
            "give it the shared token, or let it sign with its device"),
    UI_DEVICE_REQUIRED(
            Topic.DEVICES,
            "CONTROL_UI_DEVICE_IDENTITY_REQUIRED",
            "control ui requires device identity",
            "the page made no device identity; browsers may keep theirs from pages over plain HTTP",
            "open it over HTTPS or on localhost"),
    KEY_CHANGED(
            Topic.DEVICES,
            "DEVICE_KEY_CHANGED",
            "device key is not the one that was approved",
            "another key than the approved one came under the id of the device",
            "find out why; then remove the device, and let it pair again"),
    PROOF_OF_ANOTHER_DEVICE(
            Topic.DEVICES,
            "DEVICE_AUTH_DEVICE_ID_MISMATCH",
            "device identity mismatch",
            "the id of the device is not that of its key",
            "delete the client's device identity, so that it makes another"),
    PROOF_TOO_OLD(
            Topic.DEVICES,
            "DEVICE_AUTH_SIGNATURE_EXPIRED",
            "device signature expired",
            "the clocks of client and gateway differ by more than two minutes",
            "set the clock that is wrong"),
    PROOF_WITHOUT_NONCE(
            Topic.DEVICES,
            "DEVICE_AUTH_NONCE_REQUIRED",
            "device nonce required",
            "the client did not sign the challenge of its connection",
            "update the client"),
    PROOF_REPLAYED(
            Topic.DEVICES,
            "DEVICE_AUTH_NONCE_MISMATCH",
            "device nonce mismatch",
            "the client signed the challenge of another connection",
            "connect again; if it lasts, something between client and gateway repeats frames"),
    PROOF_INVALID(
            Topic.DEVICES,
            "DEVICE_AUTH_SIGNATURE_INVALID",
            "device signature invalid",
            "the signature does not hold for what the client said",
            "update the client, or delete its device identity, so that it makes another"),
    INSECURE_CONTEXT(
            Topic.PAGES,
            "CONTROL_UI_DEVICE_IDENTITY_REQUIRED",
            "control ui requires HTTPS or localhost",
            "a browser came over plain HTTP from another machine",
            "TLS, or `ssh -N -L 18789:127.0.0.1:18789 <gateway>` and `http://localhost:18789/`"),
    ORIGIN_UNUSABLE(
            Topic.PAGES,
            "CONTROL_UI_ORIGIN_NOT_ALLOWED",
            "origin not allowed",
            "origin missing or invalid",
            "the page has no origin, as one that was opened from a file, or the client only says that it is a page",
            "open the page from a web server"),
    COPILOT_ORIGIN(
            Topic.PAGES,
            "CONTROL_UI_ORIGIN_NOT_ALLOWED",
            "browser copilot requires a canonical Chrome extension origin",
            "the browser copilot did not come from its extension",
            "install the extension"),
    ORIGIN_NOT_ALLOWED(
            Topic.PAGES,
            "CONTROL_UI_ORIGIN_NOT_ALLOWED",
            "origin not allowed",
            "the page's origin is not listed",
            "`checks.origin.allowed-origins`"),
    PROTOCOL_VERSION(
            Topic.FRAMES,
            "PROTOCOL_MISMATCH",
            "protocol mismatch",
            "the client speaks another version of the protocol",
            "update the older of the two"),
    COPILOT_INCAPABLE(
            Topic.FRAMES,
            "PROTOCOL_MISMATCH",
            "browser copilot requires ui mode",
            "the browser copilot lacks a capability",
            "update the extension"),
    ROLE_UNKNOWN(
            Topic.FRAMES,
            "PROTOCOL_MISMATCH",
            "invalid role",
            "the client wants to be something else than operator or node",
            "set its role"),
    NODE_WORKER(
            Topic.FRAMES,
            "PROTOCOL_MISMATCH",
            "worker clients are not supported",
            "a worker came, which only its own gateway can use",
            "connect it to the gateway that started it"),
    TOO_LARGE(
            Topic.FRAMES,
            "PROTOCOL_MISMATCH",
            "preauth payload too large",
            "the first frame has more than 64 KiB",
            "update the client, or point something else away from the gateway"),
    TOO_MANY_FRAMES(
            Topic.FRAMES,
            "PROTOCOL_MISMATCH",
            "too many pending handshake frames",
            "the client went on sending before it was admitted",
            "update the client"),
    MALFORMED(
            Topic.FRAMES,
            "PROTOCOL_MISMATCH",
            "invalid ",
            "the first frame is no connect frame that the gateway can read; the rest of the message says what is wrong",
            "update the client; if it is no client of this protocol, point it elsewhere"),
    SILENT(
            Topic.FRAMES,
            "HANDSHAKE_TIMEOUT",
            "handshake timeout",
            "nothing came within `door.handshake-timeout`",
            "try again; if it lasts, something between client and gateway holds frames back"),
    PROXY_NOT_TRUSTED(
            Topic.GATEWAY,
            "PROXY_ATTRIBUTION_REQUIRED",
            "Proxy client attribution is required",
            "HTTP 403 instead of a WebSocket: the request came through a proxy, and nobody can tell from whom: the proxy is"
                    + " not trusted, or what it says cannot be read or contradicts itself",
            "list the proxy in `network.trusted-proxies`, or let it write `X-Forwarded-For` anew; the refusal says which"),
    TOO_MANY_SOCKETS(
            Topic.GATEWAY,
            "TOO_MANY_SOCKETS",
            "Too many unauthenticated sockets",
            "HTTP 503 instead of a WebSocket: as many sockets of this address, or of all, wait to be admitted as `limits`"
                    + " allows",
            "waiting is enough; if it lasts, look for a client that opens sockets and says nothing"),
    TOO_MANY_GUESSES(
            Topic.CREDENTIALS,
            "TOO_MANY_GUESSES",
            "too many wrong secrets",
            "an address, a device or everybody together showed as many wrong secrets as `limits` allows; the message says"
                    + " until when",
            "waiting is enough, with the right secret; paired devices come in meanwhile, unless they guess"),
    TOO_MANY_SESSIONS(
            Topic.GATEWAY,
            "TOO_MANY_SESSIONS",
            "too many sessions ",
            "the device, or this node, has as many live sessions as `limits` allows",
            "waiting is enough once sessions end; `GET /api/v1/sessions` lists them, `DELETE` ends one"),
    BANNED(
            Topic.GATEWAY,
            "BANNED",
            "banned: ",
            "an operator shut out the device, or the address that it comes from; the message says why and until when",
            "`DELETE /api/v1/bans/<id>`"),
    NETWORK_NOT_ALLOWED(
            Topic.GATEWAY,
            "NETWORK_NOT_ALLOWED",
            "network not allowed: ",
            "the check `network` keeps out the address that the client comes from",
            "change `checks.network.allow` or `checks.network.deny`; no restart is needed"),
    RATE_LIMITED(
            Topic.GATEWAY,
            "AUTH_RATE_LIMITED",
            "",
            "too many attempts came from there",
            "wait, and then come with the right credential"),
    UNDECIDED(
            Topic.GATEWAY,
            "ADMISSION_UNAVAILABLE",
            "admission is unavailable",
            "a check broke, or the database is down",
            "read the incident in the log; nobody is admitted meanwhile"),
    OF_A_PLUGIN(
            Topic.GATEWAY,
            "",
            "",
            "a rule of the operator's own refused the connection",
            "see what the rule says about it");

    /** What a refusal is about. */
    public enum Topic {
        CREDENTIALS("Tokens, passwords and invitations"),
        DEVICES("Devices and their approval"),
        PAGES("Browsers and their pages"),
        FRAMES("Clients that do not speak the protocol"),
        GATEWAY("The gateway itself");

        private final String title;

        Topic(String title) {
            this.title = title;
        }

        /** The heading for people. */
        public String title() {
            return title;
        }
    }

    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private final Topic topic;
    private final String code;
    private final String said;
    private final Optional<String> reason;
    private final String why;
    private final String remedy;

    RefusalKind(Topic topic, String code, String said, String why, String remedy) {
        this.topic = topic;
        this.code = code;
        this.said = said;
        this.reason = Optional.empty();
        this.why = why;
        this.remedy = remedy;
    }

    RefusalKind(Topic topic, String code, String said, String reason, String why, String remedy) {
        this.topic = topic;
        this.code = code;
        this.said = said;
        this.reason = Optional.of(reason);
        this.why = why;
        this.remedy = remedy;
    }

    /**
     * The kind of a refusal; {@link #OF_A_PLUGIN} for what no other kind fits.
     *
     * @param code the code of the refusal
     * @param message what people read
     * @param reason the reason in its details, if there is one
     */
    static RefusalKind of(String code, String message, Optional<String> reason) {
        return Arrays.stream(values())
                .filter(kind -> kind.fits(code, message, reason))
                .findFirst()
                .orElse(OF_A_PLUGIN);
    }

    private boolean fits(String told, String message, Optional<String> detail) {
        return code.equals(told) && message.startsWith(said) && (reason.isEmpty() || reason.equals(detail));
    }

    /** What it is about. */
    public Topic topic() {
        return topic;
    }

    /** The code; empty for any. */
    public String code() {
        return code;
    }

    /** How the message begins; empty for any. */
    public String said() {
        return said;
    }

    /** The reason in the details, where that tells it from another. */
    public Optional<String> reason() {
        return reason;
    }

    /** Why a client is told this, for people. */
    public String why() {
        return plain(why);
    }

    /** What to do about it, for people. */
    public String remedy() {
        return plain(remedy);
    }

    /** Why a client is told this, as Markdown; links into the README begin with {@code README#}. */
    public String whyAsMarkdown() {
        return why;
    }

    /** What to do about it, as Markdown; links into the README begin with {@code README#}. */
    public String remedyAsMarkdown() {
        return remedy;
    }

    private static String plain(String markdown) {
        return LINK.matcher(markdown).replaceAll("$1").replace("`", "");
    }
}
