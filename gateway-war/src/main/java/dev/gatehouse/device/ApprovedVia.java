package dev.gatehouse.device;

import java.util.Locale;

/** How a device came to be approved. */
public enum ApprovedVia {
    /** An operator decided. */
    OWNER,
    /** A check approved it without asking, because the operator switched that on. */
    SILENT,
    /** It redeemed an invitation. */
    BOOTSTRAP;

    /** The name in representations. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
