package org.thurstone.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Tells whether the client of a request is still there. A server notices only when it writes; this looks whether the client has closed its side while
 * the answer is computed. A client that sends a further request meanwhile is answered on a closed connection, and sends it again.
 */
final class ConnectionWatch {

    private final Optional<SocketChannel> channel;
    private boolean pipelined;

    private ConnectionWatch(Optional<SocketChannel> channel) {
        this.channel = channel;
    }

    /** To be used once the body was read, and on the thread that answers. */
    static ConnectionWatch of(HttpServletRequest request) {
        Object transport = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .getTransport();
        return new ConnectionWatch(
                transport instanceof SocketChannel socket && !socket.isBlocking()
                        ? Optional.of(socket)
                        : Optional.empty());
    }

    /** Whether the client has gone. */
    boolean gone() {
        if (pipelined || channel.isEmpty()) {
            return false;
        }
        try {
            int read = channel.get().read(ByteBuffer.allocate(1));
            pipelined = read > 0;
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether a byte of a further request was taken, so that the connection has to be closed. */
    boolean mustClose() {
        return pipelined;
    }
}
