package dev.gatehouse.protocol;

/**
 * A first frame that is no connect frame, and the refusal that it gets (wire reference 1.5).
 *
 * @param id the id to answer: the frame's own where it has a usable one, else {@link Frames#NO_ID}
 * @param refusal what to answer
 */
public record Malformed(String id, Refusal refusal) implements FirstFrame {}
