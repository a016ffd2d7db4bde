package dev.gatehouse.management;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;

import dev.gatehouse.address.AddressLiteral;
import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleSignInTest {

    private final RegistryFixture fixture = new RegistryFixture();
    private final MutableClock clock = new MutableClock();
    private final ApiKeys keys = new ApiKeys(fixture.database, clock, new SecureRandom(), event -> {});
    private final String key = keys.create(Actor.OWNER, "laptop").expose();
    private final ConsoleSessions sessions = new ConsoleSessions(keys, clock, new SecureRandom());
    private final ConsoleSignIn servlet = new ConsoleSignIn(
            sessions, call -> AddressLiteral.parse(call.getRemoteAddr()).orElseThrow(), clock);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void signIn_withAGoodKey_givesACookieThatScriptsCannotRead() throws IOException {
        ConsoleCall call = signIn(key);

        assertThat(call.status).isEqualTo(201);
        assertThat(call.headers.get("Set-Cookie"))
                .matches("gatehouse_console=[A-Za-z0-9_-]{43}; Path=/gate/; HttpOnly; SameSite=Strict");
        assertThat(call.headers).containsEntry("Cache-Control", "no-store");
        assertThat(call.json().path("label").asText()).isEqualTo("laptop");
        assertThat(call.json().path("csrf").asText()).hasSize(43);
        assertThat(call.body()).doesNotContain(key, call.cookie());
    }

    @Test
    void signIn_overTls_marksTheCookieSecure() throws IOException {
        ConsoleCall direct = page(key).overTls().post(servlet);
        ConsoleCall proxied = page(key).with("Origin", "https://gate.example").post(servlet);

        assertThat(direct.headers.get("Set-Cookie")).endsWith("; SameSite=Strict; Secure");
        assertThat(proxied.headers.get("Set-Cookie")).endsWith("; SameSite=Strict; Secure");
    }

    @Test
    void signIn_withAWrongKey_givesNoCookie_andTenAreEnough() throws IOException {
        String wrong = "gk_00000000_" + "A".repeat(43);
        for (int guess = 0; guess < 10; guess++) {
            ConsoleCall call = signIn(wrong);
            assertThat(call.status).isEqualTo(401);
            assertThat(call.headers).doesNotContainKey("Set-Cookie");
        }

        ConsoleCall limited = signIn(key);

        assertThat(limited.status).isEqualTo(429);
        assertThat(limited.headers).containsEntry("Retry-After", "60");
        clock.advance(Duration.ofMinutes(1));
        assertThat(signIn(key).status).isEqualTo(201);
    }

    @Test
    void signIn_byAnotherPage_isRefused() throws IOException {
        ConsoleCall call = new ConsoleCall()
                .with("Authorization", "Bearer " + key)
                .with("Sec-Fetch-Site", "cross-site")
                .post(servlet);

        assertThat(call.status).isEqualTo(403);
        assertThat(call.headers).doesNotContainKey("Set-Cookie");
    }

    @Test
    void signIn_again_endsTheSessionBefore() throws IOException {
        String before = signIn(key).cookie();

        String after = page(key).withCookie(before).post(servlet).cookie();

        assertThat(after).isNotEqualTo(before);
        assertThat(sessions.find(Secret.of(before))).isEmpty();
        assertThat(sessions.find(Secret.of(after))).isPresent();
    }

    @Test
    void get_tellsAPageThatWasLoadedAnewItsCsrfToken() throws IOException {
        ConsoleCall signedIn = signIn(key);

        ConsoleCall call = page("").withCookie(signedIn.cookie()).get(servlet);

        assertThat(call.status).isEqualTo(200);
        assertThat(call.json()).isEqualTo(signedIn.json());
    }

    @Test
    void get_withoutASession_orFromAnotherPage_tellsNothing() throws IOException {
        ConsoleCall nobody = page("").get(servlet);
        ConsoleCall foreign = new ConsoleCall()
                .withCookie(signIn(key).cookie())
                .with("Sec-Fetch-Site", "same-site")
                .get(servlet);

        assertThat(nobody.status).isEqualTo(401);
        assertThat(nobody.json().path("code").asText()).isEqualTo("CONSOLE_SIGNED_OUT");
        assertThat(foreign.status).isEqualTo(403);
        assertThat(foreign.body()).doesNotContain("csrf");
    }

    @Test
    void signOut_endsTheSessionAndTakesTheCookieAway() throws IOException {
        ConsoleCall signedIn = signIn(key);

        ConsoleCall call = page("").withCookie(signedIn.cookie())
                .with("X-Gatehouse-Csrf", signedIn.json().path("csrf").asText())
                .delete(servlet);

        assertThat(call.status).isEqualTo(204);
        assertThat(call.headers.get("Set-Cookie"))
                .startsWith("gatehouse_console=; Path=/gate/;")
                .endsWith("Max-Age=0");
        assertThat(sessions.find(Secret.of(signedIn.cookie()))).isEmpty();
    }

    @Test
    void signOut_withoutTheCsrfToken_isRefused() throws IOException {
        String cookie = signIn(key).cookie();

        ConsoleCall call = page("").withCookie(cookie).delete(servlet);

        assertThat(call.status).isEqualTo(403);
        assertThat(sessions.find(Secret.of(cookie))).isPresent();
    }

    @Test
    void anyCall_databaseDown_isUnavailable() throws IOException {
        fixture.database.close();

        assertThat(signIn(key).status).isEqualTo(503);
    }

    private ConsoleCall signIn(String apiKey) throws IOException {
        return page(apiKey).post(servlet);
    }

    private static ConsoleCall page(String apiKey) {
        ConsoleCall call = new ConsoleCall().with("Sec-Fetch-Site", "same-origin");
        return apiKey.isEmpty() ? call : call.with("Authorization", "Bearer " + apiKey);
    }
}
