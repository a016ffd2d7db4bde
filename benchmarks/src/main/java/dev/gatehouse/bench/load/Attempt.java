package dev.gatehouse.bench.load;

import java.io.IOException;

import dev.gatehouse.bench.client.Session;

/** One handshake of a kind that can be repeated; called by many threads at once. */
@FunctionalInterface
public interface Attempt {

    Session make() throws IOException;
}
