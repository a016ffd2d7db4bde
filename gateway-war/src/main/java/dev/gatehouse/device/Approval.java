package dev.gatehouse.device;

import java.util.Optional;

import dev.gatehouse.spi.Scopes;

/**
 * What an approver says to a pairing request.
 *
 * @param scopes the scopes to grant, or empty for all that the request asks for
 * @param label what to call the device, or empty to leave its label as it is
 * @param via how the approval came about
 */
public record Approval(Optional<Scopes> scopes, Optional<String> label, ApprovedVia via) {}
