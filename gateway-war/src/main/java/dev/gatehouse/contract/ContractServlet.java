package dev.gatehouse.contract;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Gives the contract of the management API to whoever asks, so that a client can be made before there is a key: it says
 * nothing about this gateway.
 *
 * <p>A servlet of its own paths, so that the filter that asks for API keys needs no list of exceptions. Safe for
 * concurrent use.
 */
public final class ContractServlet extends HttpServlet {

    /** How the contract is written. */
    public enum Form {
        /** For programs. */
        JSON("/api/v1/openapi.json", "application/json", Contract::asJson),
        /** As it is written, for people (RFC 9512). */
        YAML("/api/v1/openapi.yaml", "application/yaml", Contract::asYaml);

        private final String path;
        private final String mediaType;

        @SuppressWarnings("ImmutableEnumChecker") // a method without a state
        private final Supplier<Contract> reading;

        Form(String path, String mediaType, Supplier<Contract> reading) {
            this.path = path;
            this.mediaType = mediaType;
            this.reading = reading;
        }

        /** The path, within the context of the deployment. */
        public String path() {
            return path;
        }
    }

    private static final long serialVersionUID = 1L;

    /** Another one comes with an upgrade only; long enough for tools that ask for each of its parts. */
    private static final String CACHING = "public, max-age=300";

    private final Form form;
    private final transient Contract contract;

    /** The servlet for one form. */
    public ContractServlet(Form form) {
        this.form = form;
        this.contract = form.reading.get();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("ETag", contract.entityTag());
        response.setHeader("Cache-Control", CACHING);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (isKnown(Optional.ofNullable(request.getHeader("If-None-Match")))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] content = contract.content();
        response.setContentType(form.mediaType);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    /** Whether the caller has this state already; proxies that compress make a tag weak, which changes nothing here. */
    private boolean isKnown(Optional<String> known) {
        return known.stream()
                .flatMap(tags -> Arrays.stream(tags.split(",", -1)))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals(contract.entityTag()) || tag.equals("*"));
    }
}
