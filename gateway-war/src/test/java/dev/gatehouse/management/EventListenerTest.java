package dev.gatehouse.management;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.device.Actor;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.journal.AuditSettings;
import dev.gatehouse.journal.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class EventListenerTest {

    private final RegistryFixture fixture = new RegistryFixture();
    private final Journal journal =
            new Journal(fixture.database, () -> new AuditSettings(Duration.ofDays(90), 1000), Clock.systemUTC());
    private final EventFeed feed = new EventFeed(journal);
    private final Received received = new Received();
    private final CountDownLatch ended = new CountDownLatch(1);

    @BeforeEach
    void begin() {
        journal.begin();
    }

    @AfterEach
    void close() {
        feed.close();
        journal.close();
        fixture.close();
    }

    @Test
    void event_thatHappens_isToldWithItsNumber() throws Exception {
        listen("", Optional.empty());

        happens("device.removed");

        received.await("\nevent: device.removed\ndata: {\"sequence\":1,");
        assertThat(received.text()).contains("id: 1\nevent: device.removed\n");
    }

    @Test
    void clientThatComesBack_hearsWhatItMissedAndNothingTwice() throws Exception {
        happens("device.removed");
        happens("token.rotated");
        happens("token.revoked");
        awaitLast(3);

        listen("", Optional.of(1L));

        received.await("event: token.revoked");
        assertThat(received.text()).contains("id: 2\nevent: token.rotated").doesNotContain("device.removed");
    }

    @Test
    void clientOfAnotherJournal_isToldThatThereIsAGap() throws Exception {
        happens("device.removed");
        awaitLast(1);

        listen("", Optional.of(700L));

        received.await("event: device.removed");
        assertThat(received.text()).contains("event: events.gap\ndata: {\"firstKept\":1}\n\n");
    }

    @Test
    void decisions_areToldToThoseOnlyWhoAsk() throws Exception {
        listen("admission.refused,chain.", Optional.of(0L));

        happens("admission.admitted");
        happens("device.removed");
        happens("admission.refused");
        happens("chain.failed");

        received.await("event: chain.failed");
        assertThat(received.text())
                .contains("id: 3\nevent: admission.refused")
                .doesNotContain("admission.admitted", "device.removed");
    }

    @Test
    void streams_endWithTheFeed() throws Exception {
        listen("", Optional.empty());

        feed.close();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(feed.add(listener("", Optional.empty()))).isFalse();
    }

    @Test
    void listeners_beyondTheBound_areNotTakenOn() {
        for (int i = 0; i < 32; i++) {
            assertThat(feed.add(listener("", Optional.empty()))).isTrue();
        }

        assertThat(feed.add(listener("", Optional.empty()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a b", ",", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q", "a\nb"})
    void types_thatAreNone_areRefused(String types) {
        assertThatThrownBy(() -> EventTypes.parse(types)).isInstanceOf(ProblemException.class);
    }

    private void happens(String type) {
        journal.note(type, Actor.GATEWAY, Optional.empty(), Map.of());
        journal.wake();
    }

    private void awaitLast(long sequence) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (journal.last() < sequence && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(journal.last()).isEqualTo(sequence);
    }

    private void listen(String types, Optional<Long> heard) {
        assertThat(feed.add(listener(types, heard))).isTrue();
    }

    private EventListener listener(String types, Optional<Long> heard) {
        return new EventListener(
                feed, feed.place(heard), EventTypes.parse(types), () -> true, received, ended::countDown);
    }

    /** What was written to the client. */
    private static final class Received extends OutputStream {

        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void write(int octet) throws IOException {
            text.append((char) octet);
        }

        @Override
        public synchronized void write(byte[] octets, int from, int length) {
            text.append(new String(octets, from, length, StandardCharsets.US_ASCII));
            notifyAll();
        }

        synchronized String text() {
            return text.toString();
        }

        synchronized void await(String wanted) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (text.indexOf(wanted) < 0 && System.nanoTime() < deadline) {
                wait(100);
            }
            assertThat(text.toString()).contains(wanted);
        }
    }
}
