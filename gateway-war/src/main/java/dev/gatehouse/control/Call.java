package dev.gatehouse.control;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One call of a client; nothing in it was checked.
 *
 * @param method what it calls
 * @param params what it calls it with; empty when that is larger than any method takes
 */
public record Call(String method, Optional<JsonNode> params) {}
