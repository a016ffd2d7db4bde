package dev.gatehouse.chain;

import java.util.List;

/**
 * A generation that is ready to be put in force.
 *
 * @param generation the chain and all that it stands on
 * @param sight what was on disk before it was read
 * @param whenInForce what else changes in the moment in which it is
 * @param warnings what the operator should know about it although it is all right
 */
public record Candidate(ChainGeneration generation, FolderSight sight, Runnable whenInForce, List<String> warnings) {

    /** The same, with something more to do in the moment in which it is put in force. */
    public Candidate andThen(Runnable more) {
        Runnable both = () -> {
            whenInForce.run();
            more.run();
        };
        return new Candidate(generation, sight, both, warnings);
    }
}
