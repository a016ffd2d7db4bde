package dev.gatehouse.management;

import java.util.List;

/**
 * A list as an object, so that it can grow members.
 *
 * @param <T> what is listed
 * @param items in the order of the list
 */
record Items<T>(List<T> items) {

    Items {
        items = List.copyOf(items);
    }
}
