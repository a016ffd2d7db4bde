package dev.gatehouse.console;

import java.io.IOException;
import java.io.OutputStream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/** A container's output that writes at once, as the servlets of the gateway use it. */
public final class BlockingOutput extends ServletOutputStream {

    private final OutputStream next;

    /** Writes to another stream. */
    public BlockingOutput(OutputStream next) {
        this.next = next;
    }

    @Override
    public void write(int octet) throws IOException {
        next.write(octet);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        next.write(octets, from, length);
    }

    @Override
    public void flush() throws IOException {
        next.flush();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("this output is written to by one thread that waits");
    }
}
