package dev.gatehouse.bench.load;

/** What a process holds, in bytes. */
public record Memory(long heap, long resident) {}
