/**
 * QR codes as images, without the desktop classes that a server may lack. Entry type: {@link dev.gatehouse.qr.QrImage}.
 */
@NullMarked
package dev.gatehouse.qr;

import org.jspecify.annotations.NullMarked;
