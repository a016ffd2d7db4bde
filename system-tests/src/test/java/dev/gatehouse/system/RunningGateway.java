package dev.gatehouse.system;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One server for all tests of a class, ended whatever becomes of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningGateway
        implements StoryTests,
                DoorTests,
                HostileTests,
                OperatorTests,
                OfflineTests,
                DropInTests,
                MonitoringTests,
                ContractTests,
                ConsoleTests {

    private final Supplier<Server> starter;
    private @Nullable Server server;

    RunningGateway(Supplier<Server> starter) {
        this.starter = starter;
    }

    @BeforeAll
    void start() {
        server = starter.get();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public Server server() {
        if (server == null) {
            throw new IllegalStateException("the server has not been started");
        }
        return server;
    }
}
