package dev.gatehouse.management;

import java.util.Optional;
import java.util.function.Function;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.Expectation;

/** Calls that depend on what the caller has seen (RFC 9110, 13; docs/adr/0041-complete-rest.md). Stateless. */
final class Conditional {

    private Conditional() {}

    /** The answer to a read of one thing: the thing with its tag, or 304 to a caller that has it. */
    static Response shown(HttpHeaders headers, Record view) {
        Tag tag = Tag.of(view);
        if (tags(headers, HttpHeaders.IF_NONE_MATCH)
                .filter(seen -> seen.holdsWeakly(tag))
                .isPresent()) {
            return Response.notModified().header(HttpHeaders.ETAG, tag.text()).build();
        }
        return changed(view).build();
    }

    /** The answer to a change: the thing as it is now, with its tag. */
    static Response.ResponseBuilder changed(Record view) {
        return Response.ok(view)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ETAG, Tag.of(view).text());
    }

    /**
     * Who makes a change, and of what: with {@code If-Match}, the thing must be one that the header names.
     *
     * @param <T> what is changed
     * @param type what is changed
     * @param view what the API shows of it, which is what the caller has seen
     */
    static <T extends Record> Authority authority(
            SecurityContext security, HttpHeaders headers, Class<T> type, Function<T, ? extends Record> view) {
        return Authority.ofKey(
                Operator.keyOf(security), expected(headers, current -> Tag.of(view.apply(type.cast(current)))));
    }

    /** Whether a call may change something that is not kept in the database. */
    static boolean isExpected(HttpHeaders headers, Record view) {
        return expected(headers, Tag::of).map(own -> own.isMet(view)).orElse(true);
    }

    /** What {@code If-Match} asks of a thing, if the call has it. */
    private static Optional<Expectation> expected(HttpHeaders headers, Function<Record, Tag> tagged) {
        return tags(headers, HttpHeaders.IF_MATCH).map(tags -> current -> tags.holds(tagged.apply(current)));
    }

    /** What a header lists; for one that a call does not have, Jersey gives null and RESTEasy an empty list. */
    private static Optional<TagList> tags(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getRequestHeader(name))
                .filter(lines -> !lines.isEmpty())
                .map(TagList::of);
    }
}
