package dev.gatehouse.management;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.console.ServletCall;

/** One call of the sign-in servlet by a page, and the answer. */
final class ConsoleCall extends ServletCall<ConsoleCall> {

    private static final ObjectMapper JSON = new ObjectMapper();

    ConsoleCall post(ConsoleSignIn servlet) throws IOException {
        servlet.doPost(request("POST"), response());
        return this;
    }

    ConsoleCall get(ConsoleSignIn servlet) throws IOException {
        servlet.doGet(request("GET"), response());
        return this;
    }

    ConsoleCall delete(ConsoleSignIn servlet) throws IOException {
        servlet.doDelete(request("DELETE"), response());
        return this;
    }

    JsonNode json() throws IOException {
        return JSON.readTree(body());
    }

    /** The value of the cookie that the answer sets. */
    String cookie() {
        return headers.getOrDefault("Set-Cookie", "").replaceFirst("^gatehouse_console=([^;]*);.*", "$1");
    }
}
