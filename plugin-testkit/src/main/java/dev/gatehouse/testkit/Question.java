package dev.gatehouse.testkit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Verdict;

/** What the contract asks a check about a connection. */
enum Question {
    AT_UPGRADE("at upgrade") {
        @Override
        Verdict put(AdmissionCheck check, ConnectFixture connection) {
            return check.atUpgrade(connection.upgrade());
        }
    },
    AT_CONNECT("at connect") {
        @Override
        Verdict put(AdmissionCheck check, ConnectFixture connection) {
            return check.atConnect(connection.connect());
        }
    },
    AT_CONNECT_IDENTIFIED("at connect, identified by a check before") {
        @Override
        Verdict put(AdmissionCheck check, ConnectFixture connection) {
            return check.atConnect(connection.identifiedAs(OWNER).connect());
        }
    };

    private static final Identity OWNER = new Identity(Identity.TOKEN, "gateway");

    private final String text;

    Question(String text) {
        this.text = text;
    }

    abstract Verdict put(AdmissionCheck check, ConnectFixture connection);

    /** Asks, and takes whatever comes for an answer: each test of the contract judges one kind of fault. */
    @SuppressWarnings("CatchingUnchecked")
    Answer ask(AdmissionCheck check, ConnectFixture connection) {
        try {
            return new Answer(this, connection, Optional.ofNullable(put(check, connection)), Optional.empty());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError thrown) {
            return new Answer(this, connection, Optional.empty(), Optional.of(thrown));
        }
    }

    /** Asks everything about each connection in turn. */
    static List<Answer> askAll(AdmissionCheck check, Collection<ConnectFixture> connections) {
        return connections.stream()
                .flatMap(connection -> Stream.of(values()).map(question -> question.ask(check, connection)))
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
