package io.crema.ingest.rpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/** Reads at most so many bytes: a node's answer must fit into memory, whatever it is. Not thread-safe. */
final class BoundedStream extends FilterInputStream {
    private long left;

    /** There was more. */
    static final class TooLongException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    BoundedStream(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        var read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) throws TooLongException {
        left -= read;
        if (left < 0) {
            throw new TooLongException();
        }
    }
}
