package dev.gatehouse.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import org.jspecify.annotations.Nullable;

/**
 * Counts admissions by the minute for a day, in memory, for whoever draws them. Lock-free; safe for concurrent use.
 */
public final class AdmissionMinutes implements AdmissionListener {

    /** For so many minutes, the current one among them, there are counts. */
    public static final int KEPT = 1440;

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Clock clock;
    private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(KEPT);

    /** What was counted of one minute, which is numbered since the epoch. */
    private record Slot(long minute, LongAdder admitted, LongAdder refused, LongAdder failed) {

        static Slot of(long minute) {
            return new Slot(minute, new LongAdder(), new LongAdder(), new LongAdder());
        }

        Count count() {
            return new Count(Instant.ofEpochMilli(minute * MINUTE), admitted.sum(), refused.sum(), failed.sum());
        }
    }

    /**
     * What became of the connections of one minute.
     *
     * @param at when the minute began
     * @param admitted how many were admitted
     * @param refused how many were refused, also before anything could be decided about them
     * @param failed how many nobody could decide about
     */
    public record Count(Instant at, long admitted, long refused, long failed) {}

    /** Counts by this clock. */
    public AdmissionMinutes(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void decided(ConnectContext context, Decision decision, Duration handshake) {
        Slot now = slot(minute());
        if (decision instanceof Decision.Admitted) {
            now.admitted().increment();
        } else if (decision instanceof Decision.Refused) {
            now.refused().increment();
        } else {
            now.failed().increment();
        }
    }

    @Override
    public void turnedAway(UpgradeContext upgrade, String code, Duration handshake) {
        slot(minute()).refused().increment();
    }

    /**
     * The counts of the last minutes, the oldest first and the current one last; of minutes before the gateway started
     * they are zero.
     *
     * @param minutes 1 to {@value #KEPT}
     */
    public List<Count> last(int minutes) {
        if (minutes < 1 || minutes > KEPT) {
            throw new IllegalArgumentException("minutes must be 1 to " + KEPT + ", not " + minutes);
        }
        long now = minute();
        List<Count> counts = new ArrayList<>(minutes);
        for (long minute = now - minutes + 1; minute <= now; minute++) {
            Slot slot = slots.get(index(minute));
            counts.add((slot != null && slot.minute() == minute ? slot : Slot.of(minute)).count());
        }
        return counts;
    }

    /** The slot of a minute, in the place of the one of a day before. */
    private Slot slot(long minute) {
        int index = index(minute);
        while (true) {
            Slot there = slots.get(index);
            if (there != null && there.minute() >= minute) { // a clock that is set back counts where it was
                return there;
            }
            Slot next = Slot.of(minute);
            if (slots.compareAndSet(index, there, next)) {
                return next;
            }
        }
    }

    private static int index(long minute) {
        return (int) Math.floorMod(minute, (long) KEPT);
    }

    private long minute() {
        return Math.floorDiv(clock.millis(), MINUTE);
    }
}
