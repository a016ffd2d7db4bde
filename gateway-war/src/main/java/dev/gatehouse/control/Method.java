package dev.gatehouse.control;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.protocol.Members;
import dev.gatehouse.protocol.Problems;
import dev.gatehouse.protocol.WireError;
import dev.gatehouse.spi.Role;

/**
 * One method, who may call it, and how it is carried out.
 *
 * @param name its name on the wire
 * @param access who may call it
 * @param isAdvertised whether hello lists it
 * @param reader reads its parameters; what it does not read must not be there
 * @param work carries it out; may block on the database, but for nobody else
 * @param <P> its parameters
 */
record Method<P>(
        String name,
        Access access,
        boolean isAdvertised,
        Function<Members, P> reader,
        BiFunction<Caller, P, Answer> work) {

    /** Who may call a method (wire reference 8.1). */
    sealed interface Access {

        /** Whoever is admitted. */
        record Everybody() implements Access {}

        /** Whoever is connected in a role, whatever its scopes. */
        record InRole(Role role) implements Access {}

        /** Whoever is connected in a role and has a scope. */
        record Holders(Role role, String scope) implements Access {}
    }

    /** Parameters of a method that takes none. */
    record None() {

        static None read(Members params) {
            return new None();
        }
    }

    /** A method for everybody, without parameters; it gives an object or a list of JSON values. */
    static Method<None> open(String name, Function<Caller, Object> work) {
        return new Method<>(
                name,
                new Access.Everybody(),
                true,
                None::read,
                (caller, none) -> new Answer.Payload(work.apply(caller)));
    }

    /** A method for operators with a scope, without parameters; it gives an object or a list of JSON values. */
    static Method<None> operator(String name, String scope, Function<Caller, Object> work) {
        return operator(name, scope, None::read, (caller, none) -> work.apply(caller));
    }

    /** A method for operators with a scope; it gives an object or a list of JSON values. */
    static <P> Method<P> operator(
            String name, String scope, Function<Members, P> reader, BiFunction<Caller, P, Object> work) {
        return new Method<>(
                name,
                new Access.Holders(Role.OPERATOR, scope),
                true,
                reader,
                (caller, params) -> new Answer.Payload(work.apply(caller, params)));
    }

    /** The same method, of which hello says nothing. */
    Method<P> unadvertised() {
        return new Method<>(name, access, false, reader, work);
    }

    /** A method for nodes, which need no scope; it gives an object or a list of JSON values. */
    static <P> Method<P> node(String name, Function<Members, P> reader, BiFunction<Caller, P, Object> work) {
        return new Method<>(
                name,
                new Access.InRole(Role.NODE),
                true,
                reader,
                (caller, params) -> new Answer.Payload(work.apply(caller, params)));
    }

    /** A method for operators with a scope, which waits for somebody else. */
    static <P> Method<P> waiting(
            String name,
            String scope,
            Function<Members, P> reader,
            BiFunction<Caller, P, CompletableFuture<Answer>> work) {
        return new Method<>(
                name,
                new Access.Holders(Role.OPERATOR, scope),
                true,
                reader,
                (caller, params) -> new Answer.Later(work.apply(caller, params)));
    }

    /** Why a caller must not call this, in the order of wire reference 8.1. */
    Optional<WireError> objection(Caller caller) {
        if (access instanceof Access.InRole inRole && caller.role() != inRole.role()) {
            return Optional.of(WireError.unauthorizedRole(caller.role()));
        }
        if (!(access instanceof Access.Holders holders)) {
            return Optional.empty();
        }
        if (caller.role() != holders.role()) {
            return Optional.of(WireError.unauthorizedRole(caller.role()));
        }
        return caller.scopes().covers(holders.scope())
                ? Optional.empty()
                : Optional.of(WireError.missingScope(holders.scope()));
    }

    /** Carries a call out, unless its parameters are wrong. */
    Answer answer(Caller caller, Call call) {
        if (call.params().isEmpty()) {
            return invalid("must NOT be that large");
        }
        return answer(caller, call.params().get());
    }

    private Answer answer(Caller caller, JsonNode said) {
        Problems problems = new Problems();
        Members members = Members.of(said, problems);
        P params = reader.apply(members);
        members.close();
        return problems.isEmpty() ? work.apply(caller, params) : invalid(problems.toString());
    }

    private Answer invalid(String problem) {
        return new Answer.Failure(WireError.invalidRequest("invalid " + name + " params: " + problem));
    }
}
