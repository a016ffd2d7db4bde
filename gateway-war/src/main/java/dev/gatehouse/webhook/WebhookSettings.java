package dev.gatehouse.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gatehouse.digest.Sha256;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;

/**
 * One program that is told what happens.
 *
 * @param name what operators call it
 * @param url where messages are posted to
 * @param secret signs them; read each time, for it may change
 * @param previousSecret signs them as well, while receivers change over
 * @param events which entries of the journal are told
 * @param allowPrivateAddresses whether the URL may lead into the gateway's own network
 */
public record WebhookSettings(
        @Setting(about = "What to call it: 1 to 40 of a-z, 0-9 and -, different for each webhook.")
        String name,

        @Setting(
                about = "Where messages are posted to: an https URL without user or fragment; http only into a private"
                        + " network, with allow-private-addresses.")
        String url,

        @Setting(about = "The secret that signs messages: whsec_ and the base64 of 24 to 64 random bytes.")
        Secret.Source secret,

        @Setting(about = "The secret before this one, while receivers change over: messages carry a signature of each.")
        Optional<Secret.Source> previousSecret,

        @Setting(
                about = "Which events are told: types such as device.removed, or families such as pairing.*.",
                fallback = DEFAULT_EVENTS)
        List<String> events,

        @Setting(about = "Whether the URL may lead to this machine or a private network.", fallback = "false")
        boolean allowPrivateAddresses) {

    /** What is told unless the config says otherwise. */
    static final String DEFAULT_EVENTS = "pairing.requested, pairing.approved, pairing.rejected, pairing.expired,"
            + " device.removed, token.rotated, token.revoked, refusals.spike, chain.swapped, chain.failed";

    private static final int WEBHOOKS_MAX = 32;
    private static final int EVENTS_MAX = 64;
    private static final int URL_MAX = 2048;
    private static final int PORT_MAX = 65_535;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

    /** Checks every rule. */
    public WebhookSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: '" + name + "' must be 1 to 40 of a-z, 0-9 and -, such as 'on-call'");
        }
        checkUrl(url, allowPrivateAddresses);
        checkSecret("secret", secret);
        previousSecret.ifPresent(previous -> checkSecret("previous-secret", previous));
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > EVENTS_MAX) {
            throw new IllegalArgumentException(
                    "events: must be 1 to " + EVENTS_MAX + " types; remove it to tell the usual ones");
        }
        try {
            new EventSelection(events);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("events: " + e.getMessage(), e);
        }
    }

    /**
     * Checks what the whole list must fulfil.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static void check(List<WebhookSettings> webhooks) {
        if (webhooks.size() > WEBHOOKS_MAX) {
            throw new IllegalArgumentException(
                    "webhooks: there are " + webhooks.size() + ", and " + WEBHOOKS_MAX + " are allowed; remove some");
        }
        Set<String> names = new HashSet<>();
        String twice = webhooks.stream()
                .map(WebhookSettings::name)
                .filter(name -> !names.add(name))
                .distinct()
                .collect(Collectors.joining("', '"));
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("webhooks: several are called '" + twice
                    + "'; give each a name of its own, for what waits is kept by name");
        }
    }

    /** The URL without its query, which may hold a credential. */
    public String shownUrl() {
        return withoutQuery(url);
    }

    URI uri() {
        return URI.create(url);
    }

    AllowedAddresses allowedAddresses() {
        return AllowedAddresses.of(uri(), allowPrivateAddresses);
    }

    EventSelection selection() {
        return new EventSelection(events);
    }

    /** Changes with what would make a receiver that wanted no more messages another one. */
    String fingerprint() {
        String told = String.join("\n", url, Boolean.toString(allowPrivateAddresses), String.join("\n", events));
        return Sha256.hex(told);
    }

    /** The keys that sign now; empty when the secret cannot be read. */
    List<SigningKey> keys() {
        Optional<SigningKey> key = secret.read().flatMap(SigningKey::parse);
        Optional<SigningKey> previous =
                previousSecret.flatMap(Secret.Source::read).flatMap(SigningKey::parse);
        return key.isEmpty()
                ? List.of()
                : Stream.of(key, previous).flatMap(Optional::stream).toList();
    }

    private static void checkSecret(String key, Secret.Source source) {
        if (source.read().flatMap(SigningKey::parse).isEmpty()) {
            throw new IllegalArgumentException(key + ": there is no webhook secret at '" + source
                    + "'; put whsec_ and the base64 of 24 to 64 random bytes there, made by: printf 'whsec_%s'"
                    + " \"$(openssl rand -base64 32)\"");
        }
    }

    private static void checkUrl(String url, boolean privateToo) {
        URI uri = parsed(url)
                .orElseThrow(() -> new IllegalArgumentException("url: '" + withoutQuery(url)
                        + "' is not the URL of a receiver; write one such as https://example.com/hooks/gatehouse, without user,"
                        + " password or fragment"));
        if (uri.getScheme().equals("http") && !privateToo) {
            throw new IllegalArgumentException("url: '" + withoutQuery(url)
                    + "' is not encrypted; use https, or set allow-private-addresses: true for a receiver in a private"
                    + " network");
        }
        AllowedAddresses allowed = AllowedAddresses.of(uri, privateToo);
        if (LITERAL.matcher(uri.getHost()).matches() && !isAllowed(uri.getHost(), allowed)) {
            throw new IllegalArgumentException("url: '" + withoutQuery(url) + "' is no " + allowed.label()
                    + " address; "
                    + (privateToo
                            ? "use https for others"
                            : "set allow-private-addresses: true if it" + " is a receiver in a private network"));
        }
    }

    private static Optional<URI> parsed(String url) {
        try {
            URI uri = new URI(url);
            String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
            boolean isUsable = url.length() <= URL_MAX
                    && (scheme.equals("https") || scheme.equals("http"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= PORT_MAX
                    && url.equals(uri.toASCIIString());
            return isUsable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) { // its message would repeat what may be a credential
            return Optional.empty();
        }
    }

    /** No name is looked up for that. */
    private static boolean isAllowed(String literal, AllowedAddresses allowed) {
        try {
            return allowed.include(AddressKind.of(InetAddress.getByName(literal.toLowerCase(Locale.ROOT))));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** What was written may hold a password. */
    private static String withoutQuery(String url) {
        return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
    }
}
