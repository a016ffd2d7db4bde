package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/** Fills a stopped gateway's database with approved devices. */
final class SeedCommand implements Command {

    @Override
    public String name() {
        return "seed";
    }

    @Override
    public String about() {
        return "adds approved devices to the database of a stopped gateway";
    }

    @Override
    public Set<Option> options() {
        return EnumSet.of(Option.DATABASE, Option.USER, Option.PASSWORD_FILE, Option.DEVICES, Option.SEED);
    }

    @Override
    public void run(CommandLine line, PrintStream out) throws IOException, SQLException {
        String password = line.has(Option.PASSWORD_FILE) ? line.secret(Option.PASSWORD_FILE) : "";
        int count = line.positive(Option.DEVICES);
        try (Connection connection =
                DriverManager.getConnection(line.text(Option.DATABASE), line.text(Option.USER), password)) {
            new DeviceSeeder(connection, line.number(Option.SEED), Clock.systemUTC()).add(count);
        }
        out.println(count + " devices added");
    }
}
