package dev.gatehouse.checks.pairing;

import dev.gatehouse.spi.Setting;

/**
 * The settings of the check {@code pairing}.
 *
 * @param insecureAutoApproveLocal whether devices on this machine need no operator
 */
record PairingSettings(
        @Setting(
                about = "Approves devices on this machine at once, without an operator, when they know a credential.",
                fallback = "false")
        boolean insecureAutoApproveLocal) {}
