/**
 * What admitted clients can ask of the gateway, and what it tells them unasked (wire reference 7.10 and 8).
 *
 * <p>Knows neither sockets nor servers: a session makes a {@link dev.gatehouse.control.Caller} of itself and hands over
 * a {@link dev.gatehouse.control.Call}; events go to whatever is an {@link dev.gatehouse.control.Audience}. Devices are
 * read and changed through the device registry alone, whose rules decide who may do what to which device; here it is only
 * decided who may make a call at all.
 *
 * <p>Entry type: {@link dev.gatehouse.control.ControlPlane}.
 */
@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
