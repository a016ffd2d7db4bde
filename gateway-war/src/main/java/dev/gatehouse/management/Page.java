package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param <T> what is listed
 * @param items in the order of the list
 * @param next what to give as {@code after} to get the next page; absent on the last one
 */
record Page<T>(List<T> items, Optional<String> next) {

    Page {
        items = List.copyOf(items);
    }

    /**
     * A page of what was read with one more than fits, so that it is known whether there is a next one.
     *
     * @param <S> what was read
     * @param read in the order of the list, one more than the limit at most
     * @param limit how many fit, one at least
     * @param view what is shown of each
     * @param place where the list goes on after the one that is shown last
     */
    static <S, T> Page<T> of(List<S> read, int limit, Function<S, T> view, Function<S, String> place) {
        List<S> shown = read.subList(0, Math.min(limit, read.size()));
        Optional<String> next = read.size() > limit ? Optional.of(place.apply(shown.get(limit - 1))) : Optional.empty();
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
