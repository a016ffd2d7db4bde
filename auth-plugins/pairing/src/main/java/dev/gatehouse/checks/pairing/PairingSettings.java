package dev.gatehouse.checks.pairing;

import dev.gatehouse.spi.Setting;

/**
 * The settings of the check {@code pairing}.
 *
 * @param insecureAutoApproveLocal whether devices on this machine need no operator
 */
record PairingSettings(
        @Setting(
                about =
                        "Whether devices on this machine that know a credential are approved at once, without an operator.",
                fallback = "false")
        boolean insecureAutoApproveLocal) {}
