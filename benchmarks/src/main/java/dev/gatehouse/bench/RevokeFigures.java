package dev.gatehouse.bench;

import java.util.Map;

import dev.gatehouse.bench.load.Latency;

/**
 * How fast a revoked device is cut off.
 *
 * @param sessions how many were open when the first device was revoked
 * @param cut how many of them were closed by the gateway
 * @param toAnswer from the request of the operator to its answer
 * @param toClose from the request of the operator to the close frame at the client
 * @param errors what went wrong, by kind
 */
record RevokeFigures(int sessions, int cut, Latency toAnswer, Latency toClose, Map<String, Long> errors) {}
