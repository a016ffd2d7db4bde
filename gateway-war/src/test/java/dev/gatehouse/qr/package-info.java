/** Tests of QR codes. */
@NullMarked
package dev.gatehouse.qr;

import org.jspecify.annotations.NullMarked;
