package dev.gatehouse.ban;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.gatehouse.address.AddressRange;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.Database;
import dev.gatehouse.device.RandomText;
import dev.gatehouse.device.RegistryEvent;
import dev.gatehouse.device.RegistryListener;
import dev.gatehouse.spi.VetoReason;

/**
 * Who is shut out, whatever the chain says.
 *
 * <p>Safe for concurrent use. Whoever asks whether somebody is banned is answered from memory; every other method may
 * block, and throws {@link dev.gatehouse.spi.TemporarilyUnavailable} when the database cannot answer.
 */
public final class Bans {

    /** There can be no more of them. */
    public static final int MAX = 1000;

    private final Database database;
    private final Supplier<List<AddressRange>> proxies;
    private final Clock clock;
    private final RandomText random;
    private final RegistryListener listener;
    private final List<Consumer<Target>> hearers = new CopyOnWriteArrayList<>();

    private volatile List<Ban> known = List.of();
    private volatile BanTable.Mark mark = new BanTable.Mark(0, 0);

    /**
     * The bans of a database; knows none until {@link #look}.
     *
     * @param proxies what stands in front of the gateway; asked each time, for it may change
     * @param clock tells when a ban is over
     * @param random draws names
     * @param listener told of each change in its transaction
     */
    public Bans(
            Database database,
            Supplier<List<AddressRange>> proxies,
            Clock clock,
            SecureRandom random,
            RegistryListener listener) {
        this.database = database;
        this.proxies = proxies;
        this.clock = clock;
        this.random = new RandomText(random);
        this.listener = listener;
    }

    /**
     * Tells somebody of each ban that this node did not know, also one that another node made.
     *
     * @param hearer is called on the thread that found it; must not block
     */
    public void whenBanned(Consumer<Target> hearer) {
        hearers.add(hearer);
    }

    /**
     * Finds the ban that shuts a connection out; does not block.
     *
     * @param address where it comes from
     * @param device the device that it proved to be, if it proved to be one
     * @return what to tell its client, or empty when it is not banned
     */
    public Optional<VetoReason> against(InetAddress address, Optional<String> device) {
        Instant now = clock.instant();
        return known.stream()
                .filter(ban -> !ban.isOver(now) && ban.covers(address, device))
                .findFirst()
                .map(ban -> ban.veto(now));
    }

    /** Those that are in force, the oldest first. */
    public List<Ban> list() {
        look();
        Instant now = clock.instant();
        return known.stream().filter(ban -> !ban.isOver(now)).toList();
    }

    /**
     * Shuts somebody out, and ends their sessions.
     *
     * @param actor who wants it so
     * @param reason why: 1 to 200 characters, none of them a control character
     * @param life how long, or empty for ever
     * @throws BanRefused when it cannot be made
     */
    public Ban ban(Actor actor, Target target, String reason, Optional<Duration> life) {
        refuseProxies(target);
        Instant now = Instant.ofEpochMilli(clock.millis()); // as it is kept
        Ban ban = database.jdbc(connection -> {
            BanTable table = new BanTable(connection);
            table.removeEnded(now);
            List<Ban> present = table.all();
            present.stream().filter(other -> other.target().equals(target)).forEach(Bans::refuseTwice);
            if (present.size() >= MAX) {
                throw new BanRefused(BanRefused.Why.TOO_MANY, "there are " + MAX + " bans; lift some, or ban networks");
            }
            Ban made = new Ban(random.shortId(), target, reason, now, life.map(now::plus));
            table.add(made);
            listener.changing(
                    connection,
                    actor,
                    new RegistryEvent.BanCreated(made.id(), target.toString(), reason, target.device(), made.endsAt()));
            return made;
        });
        look();
        return ban;
    }

    /**
     * Lifts a ban.
     *
     * @param actor who wants it so
     * @param id names the ban
     * @return the ban as it was, or empty when there is none
     */
    public Optional<Ban> lift(Actor actor, String id) {
        Instant now = clock.instant();
        Optional<Ban> lifted = database.jdbc(connection -> {
            BanTable table = new BanTable(connection);
            Optional<Ban> found = table.all().stream()
                    .filter(ban -> ban.id().equals(id) && !ban.isOver(now))
                    .findFirst();
            if (found.isPresent() && table.remove(id)) {
                Target target = found.get().target();
                listener.changing(
                        connection, actor, new RegistryEvent.BanRemoved(id, target.toString(), target.device()));
            }
            return found;
        });
        look();
        return lifted;
    }

    /** Reads what changed since the last time, on whatever node; costs one short query when nothing did. */
    public synchronized void look() {
        List<Ban> before = known;
        database.jdbc(connection -> {
            BanTable table = new BanTable(connection);
            BanTable.Mark now = table.mark();
            if (!now.equals(mark)) {
                known = List.copyOf(table.all());
                mark = now;
            }
            return now;
        });
        known.stream().filter(ban -> !before.contains(ban)).forEach(this::tell);
    }

    private void tell(Ban ban) {
        hearers.forEach(hearer -> hearer.accept(ban.target()));
    }

    private void refuseProxies(Target target) {
        if (target instanceof Target.Network network && proxies.get().stream().anyMatch(network.range()::overlaps)) {
            throw new BanRefused(
                    BanRefused.Why.COVERS_A_PROXY,
                    network.range() + " covers a proxy of network.trusted-proxies, through which everybody comes;"
                            + " ban the device, or the client at the proxy");
        }
    }

    private static void refuseTwice(Ban present) {
        throw new BanRefused(
                BanRefused.Why.ALREADY_BANNED,
                present.target() + " is banned already; lift ban '" + present.id() + "' first to change it");
    }
}
