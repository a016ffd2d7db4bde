package dev.gatehouse.bench.client;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameCodecTest {

    @Test
    void encode_rfcExample_isMaskedAsTheRfcShows() {
        ByteBuffer bytes = FrameCodec.encode(Frame.text("Hello"), 0x37fa213d);

        assertThat(bytes).isEqualTo(bytes(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58));
    }

    @Test
    void encode_126Bytes_usesThe16BitLength() {
        ByteBuffer bytes = FrameCodec.encode(Frame.text("x".repeat(126)), 0);

        assertThat(bytes.remaining()).isEqualTo(2 + 2 + 4 + 126);
        assertThat(bytes.slice(0, 4)).isEqualTo(bytes(0x81, 0xFE, 0, 126));
    }

    @Test
    void encode_65536Bytes_usesThe64BitLength() {
        ByteBuffer bytes = FrameCodec.encode(Frame.text("x".repeat(65_536)), 0);

        assertThat(bytes.remaining()).isEqualTo(2 + 8 + 4 + 65_536);
        assertThat(bytes.slice(0, 10)).isEqualTo(bytes(0x81, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
    void decode_textOfAnyLength_givesTheText(int length) throws ProtocolException {
        String text = "x".repeat(length);

        ByteBuffer in = serverText(text);

        assertThat(FrameCodec.decode(in)).map(Frame::text).hasValue(text);
        assertThat(in.remaining()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 200, 70_000})
    void decode_incompleteFrame_leavesTheBufferAsItIs(int length) throws ProtocolException {
        ByteBuffer whole = serverText("x".repeat(length));

        for (int missing : new int[] {1, length, length + 1, whole.remaining()}) {
            ByteBuffer part = whole.slice(0, whole.remaining() - missing);
            assertThat(FrameCodec.decode(part)).isEmpty();
            assertThat(part.position()).isZero();
        }
    }

    @Test
    void decode_twoFrames_takesOneAtATime() throws ProtocolException {
        ByteBuffer in = bytes(0x89, 1, 'p', 0x88, 2, 0x03, 0xF0);

        assertThat(FrameCodec.decode(in)).map(Frame::opcode).hasValue(Opcode.PING);
        assertThat(FrameCodec.decode(in)).map(Frame::closeCode).hasValue(1008);
        assertThat(FrameCodec.decode(in)).isEmpty();
    }

    @Test
    void decode_closeWithoutCode_isCode1005() throws ProtocolException {
        assertThat(FrameCodec.decode(bytes(0x88, 0))).map(Frame::closeCode).hasValue(1005);
    }

    @Test
    void decode_whatNoGatewaySends_isAProtocolError() {
        assertRefused(bytes(0x01, 1, 'a'), "fragment");
        assertRefused(bytes(0xC1, 1, 'a'), "extension");
        assertRefused(bytes(0x81, 0x81, 1, 2, 3, 4, 'a'), "masked");
        assertRefused(bytes(0x83, 0), "opcode 3");
        assertRefused(bytes(0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0), "9223372036854775808 bytes");
    }

    private static void assertRefused(ByteBuffer in, String because) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> FrameCodec.decode(in))
                .withMessageContaining(because);
    }

    private static ByteBuffer serverText(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(10 + payload.length).put((byte) 0x81);
        if (payload.length < 126) {
            out.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            out.put((byte) 126).putShort((short) payload.length);
        } else {
            out.put((byte) 127).putLong(payload.length);
        }
        return out.put(payload).flip();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }
}
