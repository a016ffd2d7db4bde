package dev.gatehouse.control;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gatehouse.session.ManualTimers;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HealthTest {

    private final RecordingAudience audience = new RecordingAudience("d1", "d2");
    private final MutableClock clock = new MutableClock();
    private final Presence presence = new Presence(audience, new ManualTimers(), clock);
    private final AtomicBoolean answers = new AtomicBoolean(true);
    private final Health health = new Health("1.2.3", audience, presence, answers::get, clock);

    @Test
    void health_saysHowTheGatewayIs_andNothingElse() {
        clock.advance(Duration.ofSeconds(5));

        assertThat(health.now())
                .containsOnlyKeys("ok", "ts", "version", "uptimeMs", "connections", "database")
                .containsEntry("ok", true)
                .containsEntry("ts", clock.millis())
                .containsEntry("version", "1.2.3")
                .containsEntry("uptimeMs", 5_000L)
                .containsEntry("connections", 2)
                .containsEntry("database", "up");
    }

    @Test
    void database_thatFallsSilent_isToldOnce_andSoIsItsReturn() {
        health.look();
        assertThat(audience.told).isEmpty();

        answers.set(false);
        health.look();
        health.look();
        assertThat(audience.frames())
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"event\",\"event\":\"health\",\"payload\":{\"ok\":true,")
                .contains("\"database\":\"down\"")
                .endsWith("\"stateVersion\":{\"presence\":0,\"health\":1}}");

        answers.set(true);
        health.look();
        assertThat(audience.frames())
                .hasSize(2)
                .last()
                .asString()
                .contains("\"database\":\"up\"")
                .endsWith("\"health\":2}}");
    }

    @Test
    void databaseThatHangs_isDown_andNobodyWaitsForIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Health hanging = new Health(
                "1.2.3",
                audience,
                presence,
                () -> {
                    asked.countDown();
                    return awaited(answer);
                },
                clock);
        Thread first = new Thread(hanging::look);
        first.start();
        assertThat(awaited(asked)).isTrue();

        hanging.look();

        assertThat(hanging.now()).containsEntry("database", "down");
        answer.countDown();
        first.join();
        assertThat(hanging.now()).containsEntry("database", "up");
    }

    @Test
    void presence_isToldWithTheVersionOfTheHealth_asHelloIs() {
        health.tell();

        assertThat(Event.presence(presence.now()).frame()).endsWith("{\"presence\":0,\"health\":1}}");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
