package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Clock;
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
    private final Clock clock;
    private final RandomText random;

    /**
     * The keys of a database.
     *
     * @param database where hashes are kept
     * @param clock tells when a key was made
     * @param random draws keys
     */
    public ApiKeys(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = new RandomText(random);
    }

    /**
     * Makes a key.
     *
     * @param label what it is for: 1 to 64 characters
     * @return the key in plain, which cannot be read again
     * @throws InvalidLabel when the label cannot be used
     */
    public Secret create(String label) {
        Label checked = new Label(label);
        return database.inTransaction(entityManager -> {
            String id = random.keyId();
            Secret key = Secret.of("gk_" + id + "_" + random.secret());
            entityManager.persist(new ApiKeyEntity(id, checked.text(), SecretHash.of(key), clock.millis()));
            return key;
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
                .filter(key -> key.hash().matches(presented))
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
     * @param id the key's id, the part between {@code gk_} and the secret
     * @return the key as it was, or empty when there is none
     */
    public Optional<ApiKey> revoke(String id) {
        return database.inTransaction(entityManager -> {
            Optional<ApiKeyEntity> found = Optional.ofNullable(entityManager.find(ApiKeyEntity.class, id));
            found.ifPresent(entityManager::remove);
            return found.map(ApiKeyEntity::toApiKey);
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
