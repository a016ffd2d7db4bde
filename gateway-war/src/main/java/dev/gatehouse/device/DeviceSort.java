package dev.gatehouse.device;

import java.util.Arrays;
import java.util.Optional;

/**
 * In which order devices are listed. Devices of the same value follow by their ids, those that were never seen come last
 * either way.
 *
 * @param by what is compared
 * @param isDescending whether the greatest comes first
 */
public record DeviceSort(By by, boolean isDescending) {

    /** The one first approved last first: the only order, with its reverse, in which no device ever moves. */
    public static final DeviceSort NEWEST = new DeviceSort(By.CREATED_AT, true);

    /** What is compared. */
    public enum By {
        /** When the device was first approved. */
        CREATED_AT("createdAt"),
        /** When the device was last approved. */
        APPROVED_AT("approvedAt"),
        /** When the device last had a session. */
        LAST_SEEN_AT("lastSeenAt"),
        /** What people call the device: its label, or else what it calls itself, in lower case. */
        NAME("name");

        private final String label;

        By(String label) {
            this.label = label;
        }

        /** The name in the API. */
        public String label() {
            return label;
        }
    }

    /**
     * Reads an order.
     *
     * @param text such as {@code name} or {@code -lastSeenAt}
     * @return the order, or empty when there is none of that name
     */
    public static Optional<DeviceSort> parse(String text) {
        boolean isDescending = text.startsWith("-");
        String label = isDescending ? text.substring(1) : text;
        return Arrays.stream(By.values())
                .filter(by -> by.label.equals(label))
                .findFirst()
                .map(by -> new DeviceSort(by, isDescending));
    }
}
