package dev.gatehouse.system;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The console as each server serves it: its files, and signing in. */
interface ConsoleTests {

    Server server();

    @Test
    default void console_isServed_withItsOwnHeaders() throws Exception {
        HttpResponse<String> withoutSlash = send(request("GET", "/console"));
        HttpResponse<String> page = send(request("GET", "/console/"));
        HttpResponse<String> script = send(request("GET", "/console/console.js"));

        assertThat(withoutSlash.statusCode()).isEqualTo(308);
        assertThat(server().http("/console").resolve(header(withoutSlash, "Location")))
                .isEqualTo(server().http("/console/"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(script, "Content-Type")).startsWith("text/javascript");
        assertThat(script.body()).contains("import ");
        assertThat(send(request("GET", "/console/nothing.js")).statusCode()).isEqualTo(404);
    }

    @Test
    default void operator_whoSignedIn_readsByCookie_andChangesWithTheCsrfToken() throws Exception {
        HttpResponse<String> signedIn = send(request("POST", "/console/session")
                .header("Origin", origin())
                .header("Authorization", "Bearer " + server().apiKey()));
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(201);
        String set = header(signedIn, "Set-Cookie");
        assertThat(set).matches("gatehouse_console=[^;]{43}; Path=/; HttpOnly; SameSite=Strict");
        String cookie = set.substring(0, set.indexOf(';'));
        String csrf = new ObjectMapper().readTree(signedIn.body()).path("csrf").asText();

        assertThat(send(byCookie("GET", "/api/v1/sessions", cookie)).statusCode())
                .isEqualTo(200);
        assertThat(send(byCookie("DELETE", "/api/v1/sessions/none", cookie)).statusCode())
                .isEqualTo(403);
        assertThat(send(byCookie("DELETE", "/api/v1/sessions/none", cookie)
                                .header("Origin", origin())
                                .header("X-Gatehouse-Csrf", csrf))
                        .body())
                .contains("SESSION_UNKNOWN");
        assertThat(send(byCookie("GET", "/api/v1/sessions", cookie).header("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);

        assertThat(send(byCookie("DELETE", "/console/session", cookie)
                                .header("Origin", origin())
                                .header("X-Gatehouse-Csrf", csrf))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(byCookie("GET", "/api/v1/sessions", cookie)).statusCode())
                .isEqualTo(401);
        assertThat(server().log()).doesNotContain(cookie.substring(cookie.indexOf('=') + 1), csrf);
    }

    private String origin() {
        return "http://127.0.0.1:" + server().port();
    }

    private HttpRequest.Builder byCookie(String method, String path, String cookie) {
        return request(method, path).header("Cookie", cookie);
    }

    private HttpRequest.Builder request(String method, String path) {
        return HttpRequest.newBuilder(server().http(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
