package dev.gatehouse.device;

import java.util.Optional;

import dev.gatehouse.spi.Scopes;

/**
 * Who asks the registry for something; {@link DeviceRules} says what that allows. Every entry point makes its own: none
 * has rules of its own.
 */
public sealed interface Authority {

    /**
     * Whoever runs the gateway: holds an API key, or its files. May do everything.
     *
     * @param actor who that is, for the journal
     * @param expectation what the things that are changed must be, if the caller says so
     */
    record Owner(Actor actor, Optional<Expectation> expectation) implements Authority {

        Owner(Actor actor) {
            this(actor, Optional.empty());
        }
    }

    /**
     * The client of a live session.
     *
     * @param scopes what the session may do now, not what the device was granted
     * @param deviceId the device of the session, if it has one
     * @param boundToDevice whether the client proved nothing but its device, by a device token; one that knows the
     *     gateway's secret is not bound
     */
    record Session(Scopes scopes, Optional<String> deviceId, boolean boundToDevice) implements Authority {

        @Override
        public Actor actor() {
            return new Actor(Actor.Kind.SESSION, deviceId, Optional.empty());
        }

        @Override
        public Optional<Expectation> expectation() {
            return Optional.empty();
        }
    }

    /**
     * Who that is.
     *
     * @return on whose behalf changes are noted
     */
    Actor actor();

    /**
     * What the caller believes of what he changes.
     *
     * @return the condition on which something is changed, or empty for none
     */
    Optional<Expectation> expectation();

    /**
     * The authority of whoever runs the gateway, by a command.
     *
     * @return an authority that may do everything
     */
    static Authority owner() {
        return new Owner(Actor.OWNER);
    }

    /**
     * The authority of an API key.
     *
     * @param key the key that was presented
     * @return an authority that may do everything
     */
    static Authority ofKey(ApiKey key) {
        return new Owner(actorOf(key));
    }

    /**
     * The authority of an API key, for things that are as its holder saw them.
     *
     * @param key the key that was presented
     * @param expectation what the things that are changed must be, if the caller says so
     * @return an authority that may do everything on that condition
     */
    static Authority ofKey(ApiKey key, Optional<Expectation> expectation) {
        return new Owner(actorOf(key), expectation);
    }

    private static Actor actorOf(ApiKey key) {
        return new Actor(Actor.Kind.API_KEY, Optional.of(key.id()), Optional.of(key.label()));
    }

    /**
     * The authority of the gateway itself.
     *
     * @return an authority that may do everything
     */
    static Authority gateway() {
        return new Owner(Actor.GATEWAY);
    }

    /**
     * The authority of a live session.
     *
     * @param scopes what the session may do now
     * @param deviceId the device of the session, if it has one
     * @param boundToDevice whether the client was identified by its device token
     * @return what wire reference 7.4 and 8.2 let such a session do
     */
    static Authority ofSession(Scopes scopes, Optional<String> deviceId, boolean boundToDevice) {
        return new Session(scopes, deviceId, boundToDevice);
    }
}
