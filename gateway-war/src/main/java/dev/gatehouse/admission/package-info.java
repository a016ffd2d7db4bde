/**
 * The decision whether a connection may live: the chain of checks, their deadlines, and the trace of what each said.
 *
 * <p>Stands between the upgrade ({@code handshake}) and the live session ({@code session}), knows neither, and is pure
 * Java. Everything in here fails closed: no path but {@link dev.gatehouse.admission.Decision.Admitted} lets anybody in,
 * and only {@link dev.gatehouse.admission.AdmissionChain} makes one.
 *
 * <p>Entry type: {@link dev.gatehouse.admission.AdmissionChain}.
 */
@NullMarked
package dev.gatehouse.admission;

import org.jspecify.annotations.NullMarked;
