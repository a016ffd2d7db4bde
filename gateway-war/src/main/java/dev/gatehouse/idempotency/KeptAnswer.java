package dev.gatehouse.idempotency;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of the API, as it is kept. Immutable. */
public final class KeptAnswer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param status its HTTP status
     * @param headers those of its headers that are part of the answer
     * @param body its body; empty for none
     */
    public KeptAnswer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /** Its HTTP status. */
    public int status() {
        return status;
    }

    /** Its headers. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Its body; empty for none. */
    public byte[] body() {
        return body.clone();
    }

    byte[] written() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            output.writeInt(status);
            output.writeInt(headers.size());
            for (Map.Entry<String, String> header : headers.entrySet()) {
                output.writeUTF(header.getKey());
                output.writeUTF(header.getValue());
            }
            output.writeInt(body.length);
            output.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    static KeptAnswer read(byte[] written) {
        try (DataInputStream input = new DataInputStream(new ByteArrayInputStream(written))) {
            int status = input.readInt();
            Map<String, String> headers = new LinkedHashMap<>();
            for (int left = input.readInt(); left > 0; left--) {
                headers.put(input.readUTF(), input.readUTF());
            }
            return new KeptAnswer(status, headers, input.readNBytes(input.readInt()));
        } catch (IOException e) {
            throw new UncheckedIOException("an answer that was kept cannot be read", e);
        }
    }
}
