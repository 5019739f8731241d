package org.thurstone.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.thurstone.data.UserError;

/**
 * Standard output that fails when it cannot be written, on a full disk or into a pipe without a reader. Java's own streams do not report this, and a
 * command would end as if everything had been written.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream out;
    private boolean failed;

    private StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** That of the process. */
    static PrintWriter open() {
        return on(new FileOutputStream(FileDescriptor.out));
    }

    /** Standard output on another stream. */
    static PrintWriter on(OutputStream out) {
        return new PrintWriter(new StandardOutput(out), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (failed) {
            return; // Told once; whatever is still buffered has nowhere to go.
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failed = true;
            throw UserError.writing("standard output", e);
        }
    }
}
