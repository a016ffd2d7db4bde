package dev.gatehouse.webhook;

/** Takes messages to their receivers. Safe for concurrent use. */
interface Courier extends AutoCloseable {

    /**
     * Makes one attempt; blocks for half a minute at most. Never throws for what a receiver or the network does.
     *
     * @param message signed
     */
    Answer send(Message message);

    /** Ends what is under way. */
    @Override
    void close();
}
