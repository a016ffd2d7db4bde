package dev.gatehouse.management;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import dev.gatehouse.device.DeviceFilter;
import dev.gatehouse.device.DeviceQuery;
import dev.gatehouse.device.DeviceSort;
import dev.gatehouse.spi.Role;

/**
 * What a caller asks of the list of devices, as it stands in the query; empty where nothing is asked.
 *
 * @param limit how many at most
 * @param after the {@code next} of the page before
 * @param sort one of the orders, with a minus before it for the greatest first
 * @param state active, revoked or expiring
 * @param role operator or node
 * @param platform what they say they run on
 * @param name what is in their names
 * @param clientId the program on them
 * @param lastSeenBefore a time in ISO 8601
 * @param lastSeenAfter a time in ISO 8601
 */
record DeviceListQuery(
        String limit,
        String after,
        String sort,
        String state,
        String role,
        String platform,
        String name,
        String clientId,
        String lastSeenBefore,
        String lastSeenAfter) {

    private static final String SORTS =
            "createdAt, approvedAt, lastSeenAt or name, with '-' before it for the greatest first";
    private static final int TEXT_MAX = 256;

    int limit(int max) {
        return Query.number("limit", limit, 1, max);
    }

    /** The list. */
    DeviceQuery query() {
        DeviceSort order = DeviceSort.parse(sort).orElseThrow(() -> Query.invalid("sort must be " + SORTS));
        DeviceQuery whole = new DeviceQuery(filter(), order, Optional.empty());
        return after.isEmpty()
                ? whole
                : whole.after(after)
                        .orElseThrow(() -> Query.invalid(
                                "after must be the 'next' of the page before, with the same filter and sort"));
    }

    private DeviceFilter filter() {
        return new DeviceFilter(
                Query.given(state)
                        .map(text -> DeviceFilter.State.parse(text)
                                .orElseThrow(() -> Query.invalid("state must be active, revoked or expiring"))),
                Query.given(role)
                        .map(text ->
                                Role.parse(text).orElseThrow(() -> Query.invalid("role must be operator or node"))),
                text("platform", platform),
                text("name", name),
                text("clientId", clientId),
                time("lastSeenBefore", lastSeenBefore),
                time("lastSeenAfter", lastSeenAfter));
    }

    private static Optional<String> text(String parameter, String value) {
        if (value.length() > TEXT_MAX) {
            throw Query.invalid(parameter + " may have " + TEXT_MAX + " characters");
        }
        return Query.given(value);
    }

    private static Optional<Instant> time(String parameter, String value) {
        try {
            return Query.given(value).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw Query.invalid(parameter + " must be a time such as 2027-01-31T12:00:00Z");
        }
    }
}
