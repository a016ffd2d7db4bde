package dev.gatehouse.device;

import java.util.Optional;

/**
 * A list of devices, from a place on.
 *
 * @param filter which devices
 * @param sort in which order
 * @param after the place; empty for the beginning
 */
public record DeviceQuery(DeviceFilter filter, DeviceSort sort, Optional<DeviceCursor> after) {

    /** Every device, the one first approved last first. */
    public static final DeviceQuery ALL = new DeviceQuery(DeviceFilter.NONE, DeviceSort.NEWEST, Optional.empty());

    /**
     * The same list from another place on.
     *
     * @param text what {@link #cursorAfter} gave
     * @return the list, or empty when the text is no place in it
     */
    public Optional<DeviceQuery> after(String text) {
        return DeviceCursor.parse(text, this).map(cursor -> new DeviceQuery(filter, sort, Optional.of(cursor)));
    }

    /**
     * The place after a device, as text.
     *
     * @param last a device of the list
     * @return at most {@value DeviceCursor#TEXT_MAX} characters that are good in a query
     */
    public String cursorAfter(Device last) {
        return DeviceCursor.of(last, sort).text(this);
    }
}
