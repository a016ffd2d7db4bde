package dev.gatehouse.system;

/** Who calls the gateway. */
enum Who {
    ELSEWHERE("another machine", true),
    HERE("this machine", false),
    HERE_IPV6("this machine, by ::1", false),
    CONTAINER("a container", true),
    CONTAINER_IPV6("a container, by IPv6", true);

    private final String label;
    private final boolean isRemote;

    Who(String label, boolean isRemote) {
        this.label = label;
        this.isRemote = isRemote;
    }

    String label() {
        return label;
    }

    /** Whether that is another machine than the gateway's. */
    boolean isRemote() {
        return isRemote;
    }

    /** Whether such a caller needs a {@link Container}. */
    boolean isContained() {
        return this == CONTAINER || this == CONTAINER_IPV6;
    }
}
