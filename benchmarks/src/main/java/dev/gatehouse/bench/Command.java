package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Set;

/** One thing that the load generator can do. */
interface Command {

    String name();

    /** One line for the help. */
    String about();

    Set<Option> options();

    void run(CommandLine line, PrintStream out) throws IOException, SQLException, InterruptedException;
}
