package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.Approval;
import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.spi.Scopes;

/**
 * What an operator may say when approving.
 *
 * @param scopes the scopes to grant; absent for all that the device asks for
 * @param label what to call the device; absent to leave it
 */
record ApprovalBody(Optional<List<String>> scopes, Optional<String> label) {

    static ApprovalBody ofNothing() {
        return new ApprovalBody(Optional.empty(), Optional.empty());
    }

    Approval approval() {
        return new Approval(scopes.map(Scopes::of), label, ApprovedVia.OWNER);
    }
}
