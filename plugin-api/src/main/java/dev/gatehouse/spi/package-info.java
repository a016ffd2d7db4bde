/**
 * What a plugin compiles against to take part in the admission of WebSocket connections.
 *
 * <p>The trio is plugin, {@link dev.gatehouse.spi.AdmissionCheckFactory factory}, {@link
 * dev.gatehouse.spi.AdmissionCheck check}: the gateway loads a plugin's jar, finds its factories through the extension
 * index that PF4J's annotation processor writes, and asks the factory whose name stands in {@code admission.chain} for
 * one check. The check answers every connection with a {@link dev.gatehouse.spi.Verdict}.
 *
 * <p>Types in here are values or are implemented by the gateway. A plugin implements {@link
 * dev.gatehouse.spi.AdmissionCheckFactory} and {@link dev.gatehouse.spi.AdmissionCheck}, and declares settings records;
 * it constructs verdicts, reasons, scopes and identities, and nothing else.
 *
 * <p>Entry type: {@link dev.gatehouse.spi.AdmissionCheckFactory}.
 */
@NullMarked
package dev.gatehouse.spi;

import org.jspecify.annotations.NullMarked;
