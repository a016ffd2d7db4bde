package dev.gatehouse.handshake;

import java.time.Duration;
import java.util.List;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.spi.AdmissionCheck;

/** A chain of one check that lets everybody pass, on a thread of its own. */
final class RunningChain implements AutoCloseable {

    private final Examiners examiners = new Examiners(1);
    private final AdmissionChain chain = new AdmissionChain(
            List.of(new NamedCheck("anybody", new AdmissionCheck() {})),
            new AdmissionSettings(List.of(), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 5, Duration.ofSeconds(1)),
            examiners);

    AdmissionChain chain() {
        return chain;
    }

    @Override
    public void close() {
        examiners.close();
        chain.close();
    }
}
