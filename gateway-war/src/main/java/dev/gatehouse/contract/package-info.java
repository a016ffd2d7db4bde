/**
 * The contract of the management API: one OpenAPI document, written by hand, and the servlet that gives it to whoever asks.
 * The entry type is {@link dev.gatehouse.contract.ContractServlet}.
 */
@NullMarked
package dev.gatehouse.contract;

import org.jspecify.annotations.NullMarked;
