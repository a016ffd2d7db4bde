/**
 * The management API under {@code /api/v1}: operators list, approve, reject, relabel and remove over REST.
 *
 * <p>Each resource asks the device registry and maps its values to records of this package; every refusal is a problem
 * detail (RFC 9457). The API is never behind the admission chain: an API key is all it takes, so that no config of the
 * chain can lock the operator out.
 *
 * <p>Entry type: {@link dev.gatehouse.management.ManagementApplication}.
 */
@NullMarked
package dev.gatehouse.management;

import org.jspecify.annotations.NullMarked;
