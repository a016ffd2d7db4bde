package dev.gatehouse.observe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

import dev.gatehouse.spi.Setting;

/**
 * Where traces of admissions are sent.
 *
 * @param otlpEndpoint the URL that takes traces by OTLP over HTTP; empty for no traces
 * @param addresses whether the client's address is part of them
 */
public record TraceSettings(
        @Setting(
                about = "URL of a collector that takes OpenTelemetry traces by OTLP over HTTP, like"
                        + " http://collector:4318/v1/traces; none are made without it.")
        Optional<String> otlpEndpoint,

        @Setting(about = "Whether traces name the address of the client.", fallback = "false")
        boolean addresses) {

    private static final int URL_MAX = 512;

    /** Checks the URL. */
    public TraceSettings {
        otlpEndpoint.ifPresent(TraceSettings::check);
    }

    private static void check(String url) {
        if (!isUsable(url)) {
            throw new IllegalArgumentException("otlp-endpoint: '" + withoutUser(url)
                    + "' is not the URL of a collector; write one such as http://collector:4318/v1/traces, without a"
                    + " user or password in it, or remove it to make no traces");
        }
    }

    private static boolean isUsable(String url) {
        try {
            URI uri = new URI(url);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isHttp
                    && url.length() <= URL_MAX
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getRawPath().length() > 1;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What was written may hold a password, which is not to be repeated. */
    private static String withoutUser(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }
}
