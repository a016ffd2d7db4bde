package dev.gatehouse.qr;

import java.util.Base64;

import io.nayuki.qrcodegen.QrCode;

/**
 * One QR code, with the quiet zone that scanners need. Immutable. What it says may be a secret, so it does not print.
 */
public final class QrImage {

    private static final int QUIET_ZONE = 4;
    private static final int PIXELS = 6;

    private final QrCode code;

    private QrImage(QrCode code) {
        this.code = code;
    }

    /**
     * The QR code of a text, with medium error correction.
     *
     * @param text 2,331 bytes in UTF-8 at most
     * @throws IllegalArgumentException when it is longer
     */
    public static QrImage of(String text) {
        return new QrImage(QrCode.encodeText(text, QrCode.Ecc.MEDIUM));
    }

    /** How many modules it has on each side, the quiet zone included. */
    public int size() {
        return code.size + 2 * QUIET_ZONE;
    }

    /** Whether a module is dark. */
    public boolean isDark(int x, int y) {
        return code.getModule(x - QUIET_ZONE, y - QUIET_ZONE);
    }

    /** The image as PNG. */
    public byte[] png() {
        return PngWriter.write(size() * PIXELS, (x, y) -> isDark(x / PIXELS, y / PIXELS));
    }

    /** The image as SVG, which scales. */
    public String svg() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size(); y++) {
            for (int x = 0; x < size(); x++) {
                if (isDark(x, y)) {
                    path.append('M').append(x).append(',').append(y).append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size() + " " + size()
                + "\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\""
                + path + "\"/></svg>";
    }

    /** The PNG as a URL that holds it. */
    public String dataUrl() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
    }
}
