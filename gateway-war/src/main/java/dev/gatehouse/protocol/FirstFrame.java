package dev.gatehouse.protocol;

/** What the first frame of a connection turned out to be (wire reference 1.5). */
public sealed interface FirstFrame permits ConnectFrame, Malformed {}
