package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.webhook.Delivery;

/**
 * Messages of a webhook that have not arrived, in the order in which things happened.
 *
 * @param items the messages
 * @param next what to give as {@code after} to get the next page; absent on the last one
 */
record DeliveriesPage(List<DeliveryView> items, Optional<String> next) {

    /** A page of what was read with one more than fits, so that it is known whether there is a next one. */
    static DeliveriesPage of(List<Delivery> read, int limit) {
        List<Delivery> shown = read.subList(0, Math.min(limit, read.size()));
        Optional<String> next = read.size() > limit
                ? Optional.of(Long.toString(shown.get(limit - 1).sequence()))
                : Optional.empty();
        return new DeliveriesPage(shown.stream().map(DeliveryView::of).toList(), next);
    }
}
