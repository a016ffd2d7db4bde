package dev.gatehouse.session;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.admission.ChainMark;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.UpgradeContext;

/**
 * What a live session came with that has an origin: enough to ask again whether its page may connect, and no credential.
 * The facts never change; what became of asking is confined to {@link PageWatch}.
 */
final class Page {

    /** Those that were asked about in vain stand behind the others. */
    static final Comparator<LiveSession> LEAST_TRIED_FIRST =
            Comparator.comparingInt(session -> session.page().map(Page::tries).orElse(0));

    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    private final ConnectContext facts;
    private final String origin;
    private volatile ChainMark examinedBy;
    private volatile int tries;

    private Page(ConnectContext facts, String origin, ChainMark examinedBy) {
        this.facts = facts;
        this.origin = origin;
        this.examinedBy = examinedBy;
    }

    /**
     * The page of a client; empty for one that came without an origin.
     *
     * @param decidedBy the chain that admitted it
     */
    static Optional<Page> of(ConnectContext context, ChainMark decidedBy) {
        return context.upgrade().origin().map(origin -> new Page(withoutCredentials(context), origin, decidedBy));
    }

    ConnectContext facts() {
        return facts;
    }

    /** As the browser sent it. */
    String origin() {
        return origin;
    }

    boolean isExaminedBy(ChainMark chain) {
        return examinedBy == chain;
    }

    void examinedBy(ChainMark chain) {
        examinedBy = chain;
        tries = 0;
    }

    /** One look at a time changes this. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void triedInVain() {
        tries++;
    }

    private int tries() {
        return tries;
    }

    private static ConnectContext withoutCredentials(ConnectContext context) {
        return new ConnectContext(
                withoutCredentials(context.upgrade()),
                context.client(),
                context.role(),
                context.requestedScopes(),
                Credentials.none(),
                context.deviceProof(),
                Optional.empty());
    }

    private static UpgradeContext withoutCredentials(UpgradeContext upgrade) {
        Map<String, List<String>> headers = new HashMap<>(upgrade.headers());
        headers.keySet().removeAll(CREDENTIALS);
        return new UpgradeContext(
                upgrade.connectionId(),
                upgrade.peer(),
                upgrade.address(),
                upgrade.hops(),
                upgrade.locality(),
                upgrade.transport(),
                upgrade.host(),
                upgrade.origin(),
                upgrade.path(),
                headers,
                upgrade.subprotocols(),
                upgrade.clientCertificates());
    }
}
