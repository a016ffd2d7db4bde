/**
 * What the tests of an admission check need: connections to examine, and fakes of the gateway's doors.
 *
 * <p>A test makes a {@link dev.gatehouse.testkit.FakeCheckSetup}, gives it to the factory under test, and asks the check
 * about connections that a {@link dev.gatehouse.testkit.ConnectFixture} describes. Nothing in here needs the gateway or
 * a test framework.
 *
 * <p>Entry type: {@link dev.gatehouse.testkit.ConnectFixture}.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
