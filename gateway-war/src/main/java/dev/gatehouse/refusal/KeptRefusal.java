package dev.gatehouse.refusal;

import java.time.Instant;

/**
 * A refusal as it is kept: identical ones of one client are one.
 *
 * @param id the id that the client was told each time
 * @param likeness what makes another refusal identical to this one; says nothing about what it is made of
 * @param count how many there were
 * @param firstAt when the first one was told
 * @param lastAt when the last one was told
 * @param account what is known about the first one
 */
public record KeptRefusal(String id, String likeness, long count, Instant firstAt, Instant lastAt, Account account) {

    KeptRefusal again(Instant at) {
        return new KeptRefusal(id, likeness, count + 1, firstAt, at, account);
    }
}
