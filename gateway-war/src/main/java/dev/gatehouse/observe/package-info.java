/**
 * What can be seen of the gateway from outside: metrics, probes, the count of admissions by the minute, and traces.
 *
 * <p>Everything about admissions is heard as an {@link dev.gatehouse.admission.AdmissionListener}, calls as a {@link
 * dev.gatehouse.control.CallListener}; the rest is read when somebody scrapes. Nothing here decides anything, blocks a
 * decision, or takes a label from a client: names that come from outside the gateway go through {@link
 * dev.gatehouse.observe.BoundedLabel} first.
 *
 * <p>Entry type: {@link dev.gatehouse.observe.Observatory}.
 */
@NullMarked
package dev.gatehouse.observe;

import org.jspecify.annotations.NullMarked;
