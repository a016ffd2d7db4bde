package com.example.gatehouse;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;

/**
 * Identifies users whose name a proxy has signed, in the header {@value #HEADER}.
 *
 * <p>A header that is not there says nothing: another check may know the client. One that is wrong is a veto, whatever
 * else the client knows. Immutable but for the secret, which is read for every connection, so that a rotated one is in
 * force at once.
 */
final class SignedHeaderCheck implements AdmissionCheck {

    static final String HEADER = "x-signed-user";

    private static final VetoReason MISSING =
            VetoReason.of("SIGNED_USER_MISSING", Effect.IDENTIFY, "signed user header missing (log in at the proxy)");
    private static final VetoReason INVALID =
            VetoReason.of("SIGNED_USER_INVALID", Effect.IDENTIFY, "signed user header invalid (log in at the proxy)");
    private static final VetoReason EXPIRED =
            VetoReason.of("SIGNED_USER_EXPIRED", Effect.IDENTIFY, "signed user header expired (log in at the proxy)");

    private final Secret.Source secret;
    private final Scopes scopes;
    private final Clock clock;

    SignedHeaderCheck(SignedHeaderSettings settings, Clock clock) {
        this.secret = settings.secret();
        this.scopes = Scopes.of(settings.scopes());
        this.clock = clock;
    }

    // region identify
    @Override
    public Verdict atConnect(ConnectContext context) {
        List<String> values = context.upgrade().headers().getOrDefault(HEADER, List.of());
        if (values.isEmpty()) {
            return Verdict.absent(MISSING);
        }
        // Two of them may be one of the proxy and one of the client, and nobody knows which.
        Optional<SignedUser> user =
                values.size() == 1 ? SignedUser.verify(values.get(0), currentSecret()) : Optional.empty();
        if (user.isEmpty()) {
            return Verdict.veto(INVALID);
        }
        if (!clock.instant().isBefore(user.get().expires())) {
            return Verdict.veto(EXPIRED);
        }
        return Verdict.identified(new Identity("signed-header", user.get().name()), scopes);
    }

    /** Broken is not refused: without its secret this check cannot tell right from wrong, and says so by throwing. */
    private Secret currentSecret() {
        return secret.read()
                .orElseThrow(() -> new IllegalStateException(
                        "checks.signed-header.secret cannot be read; put the secret back where it was"));
    }
    // endregion
}
