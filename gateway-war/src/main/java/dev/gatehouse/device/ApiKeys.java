package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.spi.Secret;

/**
 * The keys that open the management API: {@code gk_<id>_<secret>}, kept as hashes.
 *
 * <p>Safe for concurrent use. Each verification reads the database, so that a key that was deleted is dead at once.
 */
public final class ApiKeys {

    private static final Pattern FORM = Pattern.compile("gk_([0-9a-z]{8})_[A-Za-z0-9_-]{43}");

    private final Database database;
    private final Changes changes;
    private final Clock clock;
    private final RandomText random;

    /**
     * The keys of a database.
     *
     * @param database where hashes are kept
     * @param clock tells when a key was made
     * @param random draws keys
     * @param listener told of each key that is made or ended, in the transaction
     */
    public ApiKeys(Database database, Clock clock, SecureRandom random, RegistryListener listener) {
        this.database = database;
        this.changes = new Changes(database, listener);
        this.clock = clock;
        this.random = new RandomText(random);
    }

    /**
     * A key that was just made.
     *
     * @param key what is known of it
     * @param secret the key in plain, which cannot be read again
     */
    public record NewKey(ApiKey key, Secret secret) {}

    /**
     * Makes a key that may do everything and never ends by itself.
     *
     * @param actor who makes it
     * @param label what it is for: 1 to 64 characters
     * @return the key in plain, which cannot be read again
     * @throws InvalidLabel when the label cannot be used
     */
    public Secret create(Actor actor, String label) {
        return create(actor, label, KeyScope.ADMIN, Optional.empty()).secret();
    }

    /**
     * Makes a key.
     *
     * @param actor who makes it
     * @param label what it is for: 1 to 64 characters
     * @param scope what it is good for
     * @param life how long it is good, or empty for ever
     * @return the key
     * @throws InvalidLabel when the label cannot be used
     */
    public NewKey create(Actor actor, String label, KeyScope scope, Optional<Duration> life) {
        Label checked = new Label(label);
        Optional<Instant> end = life.map(duration -> clock.instant().plus(duration));
        return database.inTransaction(entityManager -> {
            String id = random.shortId();
            Secret secret = Secret.of("gk_" + id + "_" + random.secret());
            ApiKeyEntity key = new ApiKeyEntity(id, checked, SecretHash.of(secret), scope, clock.millis(), end);
            entityManager.persist(key);
            changes.note(entityManager, actor, new RegistryEvent.KeyCreated(id, checked.text()));
            return new NewKey(key.toApiKey(), secret);
        });
    }

    /**
     * Finds out whether a key is good.
     *
     * @param presented what a client sent
     * @return the key, or empty when it is none; how long that takes does not depend on the secret
     */
    public Optional<ApiKey> verify(Secret presented) {
        Matcher form = FORM.matcher(presented.expose());
        if (!form.matches()) {
            return Optional.empty();
        }
        return database.read(
                        entityManager -> Optional.ofNullable(entityManager.find(ApiKeyEntity.class, form.group(1))))
                .filter(key -> key.hash().matches(presented) && !key.isOver(clock.millis()))
                .map(ApiKeyEntity::toApiKey);
    }

    /**
     * Finds a key that was good before, for a browser that was signed in with it.
     *
     * @param id the key's id
     * @return the key, or empty when it is of no use any more
     */
    public Optional<ApiKey> find(String id) {
        return database.read(entityManager -> Optional.ofNullable(entityManager.find(ApiKeyEntity.class, id)))
                .filter(key -> !key.isOver(clock.millis()))
                .map(ApiKeyEntity::toApiKey);
    }

    /**
     * Lists the keys, the oldest first.
     *
     * @return every key, without its secret
     */
    public List<ApiKey> list() {
        return database
                .read(entityManager -> entityManager
                        .createQuery("select k from ApiKeyEntity k order by k.createdAt, k.keyId", ApiKeyEntity.class)
                        .getResultList())
                .stream()
                .map(ApiKeyEntity::toApiKey)
                .toList();
    }

    /**
     * Ends a key for good.
     *
     * @param authority who ends it
     * @param id the key's id, the part between {@code gk_} and the secret
     * @return the key as it was, or empty when there is none
     * @throws ChangedMeanwhile when it is not what the caller expects
     */
    public Optional<ApiKey> revoke(Authority authority, String id) {
        return database.inTransaction(entityManager -> {
            Optional<ApiKeyEntity> found = Optional.ofNullable(entityManager.find(ApiKeyEntity.class, id));
            found.ifPresent(key -> new DeviceRules(authority).checkExpected(key::toApiKey));
            found.ifPresent(entityManager::remove);
            Optional<ApiKey> ended = found.map(ApiKeyEntity::toApiKey);
            ended.ifPresent(key -> changes.note(
                    entityManager, authority.actor(), new RegistryEvent.KeyRevoked(key.id(), key.label())));
            return ended;
        });
    }

    /**
     * Whether there is no key at all, so that one must be made.
     *
     * @return true when nobody can use the management API
     */
    public boolean isEmpty() {
        return database.read(entityManager -> entityManager
                        .createQuery("select count(k) from ApiKeyEntity k", Long.class)
                        .getSingleResult())
                == 0;
    }
}
