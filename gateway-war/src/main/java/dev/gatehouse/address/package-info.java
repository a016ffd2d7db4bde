/**
 * IP addresses and networks as operators write them; nothing here ever asks a name service.
 *
 * <p>Entry type: {@link dev.gatehouse.address.AddressRange}.
 */
@NullMarked
package dev.gatehouse.address;

import org.jspecify.annotations.NullMarked;
