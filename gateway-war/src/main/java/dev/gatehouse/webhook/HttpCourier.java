package dev.gatehouse.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts messages by HTTP/1.1, each over a connection of its own to an address that was checked. Follows no redirect, asks no
 * proxy, keeps no cookie, and reads of an answer no more than its status and one header. Safe for concurrent use.
 */
final class HttpCourier implements Courier {

    private static final Logger LOG = LoggerFactory.getLogger(HttpCourier.class);
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(20);

    /** What is read of a body, so that most connections end in peace. */
    private static final int BODY_MAX = 8 * 1024;

    private static final ContentType JSON = ContentType.create("application/json");
    private static final int CONNECTIONS_MAX = 128;
    private static final int RETRY_AFTER_DIGITS = 9;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Clock clock;
    private final String userAgent;
    private final Map<AllowedAddresses, CloseableHttpClient> clients = new EnumMap<>(AllowedAddresses.class);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread daemon = new Thread(work, "gatehouse-webhook-timer");
        daemon.setDaemon(true);
        return daemon;
    });

    /**
     * A courier that has nothing under way.
     *
     * @param version of the gateway, for receivers
     * @param lookup asks the name service
     */
    HttpCourier(String version, CheckedNames.Lookup lookup, Clock clock) {
        this.clock = clock;
        this.userAgent = "Gatehouse/" + version;
        timer.setRemoveOnCancelPolicy(true);
        for (AllowedAddresses allowed : AllowedAddresses.values()) {
            clients.put(allowed, client(new CheckedNames(lookup, allowed)));
        }
    }

    private CloseableHttpClient client(CheckedNames names) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setMaxConnTotal(CONNECTIONS_MAX)
                        .setMaxConnPerRoute(CONNECTIONS_MAX)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE)
                                .build())
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setSoTimeout(SILENCE).build())
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(SILENCE).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(SILENCE)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent(userAgent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    @Override
    public Answer send(Message message) {
        HttpPost post = new HttpPost(message.url());
        post.setHeader("webhook-id", message.id());
        post.setHeader("webhook-timestamp", Long.toString(message.timestamp()));
        post.setHeader("webhook-signature", message.signatures());
        post.setEntity(new ByteArrayEntity(message.body().getBytes(StandardCharsets.US_ASCII), JSON));
        Future<?> end = timer.schedule(post::cancel, WHOLE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return answer(post, client(message));
        } catch (IOException e) {
            return new Answer.NotSent(post.isCancelled() ? "no answer in time" : reason(e));
        } catch (IllegalStateException e) { // the gateway stops, and has closed its client
            return new Answer.NotSent("the gateway stops");
        } finally {
            end.cancel(false);
        }
    }

    private CloseableHttpClient client(Message message) {
        return Optional.ofNullable(clients.get(message.allowed())).orElseThrow();
    }

    private Answer answer(HttpPost post, CloseableHttpClient client) throws IOException {
        ClassicHttpResponse response = client.executeOpen(null, post, null);
        Answer answer = new Answer.Answered(response.getCode(), retryAfter(response));
        try (response) {
            if (!endsSoon(response)) {
                post.cancel(); // closing would read on to the end, which may never come
            }
        } catch (IOException e) {
            LOG.debug("the answer to {} did not end in peace", post.getFirstHeader("webhook-id"), e);
        }
        return answer;
    }

    /** The status is the answer; what goes wrong after it changes nothing. */
    private static boolean endsSoon(ClassicHttpResponse response) {
        HttpEntity body = response.getEntity();
        if (body == null) {
            return true;
        }
        try {
            InputStream content = body.getContent();
            return content.readNBytes(BODY_MAX + 1).length <= BODY_MAX;
        } catch (IOException e) {
            return false;
        }
    }

    private Duration retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        boolean counts = response.getCode() == TOO_MANY_REQUESTS || response.getCode() == UNAVAILABLE;
        return counts && header != null && header.getValue() != null
                ? retryAfter(header.getValue().strip(), clock.instant())
                : Duration.ZERO;
    }

    /** Seconds or a date (RFC 9110 section 10.2.3); zero for anything else. */
    static Duration retryAfter(String text, Instant now) {
        if (text.matches("[0-9]{1," + RETRY_AFTER_DIGITS + "}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    /** In the gateway's words: what a receiver wrote is not repeated. */
    private static String reason(IOException failure) {
        if (failure instanceof CheckedNames.Forbidden forbidden) {
            return String.valueOf(forbidden.getMessage());
        }
        if (failure instanceof UnknownHostException) {
            return "the name is unknown";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof SSLException) {
            return "TLS failed; the certificate must be good for the name, and known to this Java";
        }
        return failure instanceof ConnectException ? "cannot connect" : "the connection broke";
    }

    @Override
    public void close() {
        timer.shutdownNow();
        clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
    }
}
