package dev.gatehouse.management;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.chain.ReloadReport;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * Says that the gateway has started, and whether what is on disk is in force, to whoever asks: load balancers have no
 * API key. Who presents one is also told what is wrong, which names files and settings.
 *
 * <p>A servlet of its own path, so that the filter that asks for API keys needs no list of exceptions. Safe for
 * concurrent use.
 */
public final class HealthServlet extends HttpServlet {

    /** The path, within the context of the deployment. */
    public static final String PATH = "/api/v1/health";

    private static final long serialVersionUID = 1L;
    private static final String HINT = "GET /api/v1/chain with an API key says what is wrong and what to do";

    private final transient ChainDesk desk;
    private final transient ApiKeys keys;

    public HealthServlet(ChainDesk desk, ApiKeys keys) {
        this.desk = desk;
        this.keys = keys;
    }

    /** What is told; a gateway that goes on with an older chain is up. */
    record HealthView(String status, ChainHealth chain) {}

    /**
     * Whether the chain in force is what is on disk.
     *
     * @param problemCount how many things keep what is on disk from being in force
     * @param problems which, for operators
     * @param hint what to do, for everybody else
     */
    record ChainHealth(
            String state, Optional<Integer> problemCount, Optional<List<String>> problems, Optional<String> hint) {

        static ChainHealth of(ReloadReport last, boolean isOperator) {
            if (last.inForce()) {
                return new ChainHealth(ChainView.state(last), Optional.empty(), Optional.empty(), Optional.empty());
            }
            return new ChainHealth(
                    ChainView.state(last),
                    Optional.of(last.problems().size()),
                    Optional.of(last.problems()).filter(all -> isOperator),
                    Optional.of(HINT).filter(hint -> !isOperator));
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        HealthView health = new HealthView("up", ChainHealth.of(desk.lastReload(), isOperator(request)));
        Json.write(health, response.getOutputStream());
    }

    private boolean isOperator(HttpServletRequest request) {
        try {
            return Authentication.bearer(request.getHeader("Authorization"))
                    .flatMap(keys::verify)
                    .isPresent();
        } catch (TemporarilyUnavailable e) { // the answer must not depend on the database
            return false;
        }
    }
}
