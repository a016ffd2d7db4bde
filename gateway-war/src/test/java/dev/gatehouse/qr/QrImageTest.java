package dev.gatehouse.qr;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QrImageTest {

    private static final String TEXT = "a setup code of some length, ".repeat(8);

    private final QrImage image = QrImage.of(TEXT);

    @Test
    void png_anyText_isReadAsTheSameModules() throws IOException {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(image.png()));

        int scale = read.getWidth() / image.size();
        assertThat(read.getWidth()).isEqualTo(read.getHeight()).isEqualTo(image.size() * scale);
        for (int y = 0; y < image.size(); y++) {
            for (int x = 0; x < image.size(); x++) {
                boolean isDark = (read.getRGB(x * scale + scale / 2, y * scale + scale / 2) & 0xff) == 0;
                assertThat(isDark).as("module %d,%d", x, y).isEqualTo(image.isDark(x, y));
            }
        }
    }

    @Test
    void modules_anyText_haveAQuietZoneAndFinders() {
        for (int edge = 0; edge < image.size(); edge++) {
            assertThat(image.isDark(edge, 3) || image.isDark(3, edge)).isFalse();
        }
        assertThat(image.isDark(4, 4)).isTrue();
        assertThat(image.isDark(5, 5)).isFalse();
        assertThat(image.isDark(image.size() - 5, 4)).isTrue();
    }

    @Test
    void svg_anyText_drawsEveryDarkModule() {
        long dark = 0;
        for (int y = 0; y < image.size(); y++) {
            for (int x = 0; x < image.size(); x++) {
                dark += image.isDark(x, y) ? 1 : 0;
            }
        }

        assertThat(image.svg()).startsWith("<svg ").endsWith("</svg>");
        assertThat(image.svg().split("h1v1h-1z", -1).length - 1).isEqualTo((int) dark);
    }

    @Test
    void dataUrl_ofASetupCode_staysBelowTheLimitOfClients() {
        assertThat(image.dataUrl()).startsWith("data:image/png;base64,").hasSizeLessThan(16_384);
        assertThat(Base64.getDecoder().decode(image.dataUrl().substring(22))).isEqualTo(image.png());
    }

    @Test
    void text_tooLong_isRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> QrImage.of("x".repeat(2_400)));
    }
}
