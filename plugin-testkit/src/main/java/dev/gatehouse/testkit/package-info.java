/**
 * What the tests of an admission check need: a kit that makes a check as the gateway does, connections to examine, fakes
 * of the gateway's doors, and a contract to inherit.
 *
 * <pre>{@code
 * try (DrivenCheck check = AdmissionTestKit.of(new OfficeHoursFactory()).with("zone", "Europe/Berlin").create()) {
 *     check.clock().setTo(Instant.parse("2026-01-05T22:00:00Z"));
 *     VetoReason reason = Verdicts.veto(check.atUpgrade(ConnectFixture.cli().from("203.0.113.9")));
 *     assertThat(reason.code()).isEqualTo("OUTSIDE_OFFICE_HOURS");
 * }
 * }</pre>
 *
 * <p>Beside such tests of what a check is for, every check inherits {@link
 * dev.gatehouse.testkit.AdmissionCheckContract}, which tests what must hold for all. That class needs JUnit Jupiter and
 * AssertJ; nothing else in here needs a test framework, and nothing needs the gateway.
 *
 * <p>Entry types: {@link dev.gatehouse.testkit.AdmissionTestKit}, {@link dev.gatehouse.testkit.ConnectFixture} and
 * {@link dev.gatehouse.testkit.AdmissionCheckContract}.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
