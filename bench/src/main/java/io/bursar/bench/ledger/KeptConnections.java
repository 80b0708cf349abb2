package io.bursar.bench.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Connections that stay open from one request to the next, as those of a provider do. Written by hand, because a client
 * that shares the processors with the server it measures should take little of them.
 */
final class KeptConnections implements AutoCloseable {
    private static final int TIMEOUT_MS = 60_000;
    private final int port;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    KeptConnections(int port) {
        this.port = port;
    }

    /** The body of the answer, which has to be a 200. */
    String send(byte[] request) throws IOException {
        Connection connection = idle.pollFirst();
        if (connection == null) {
            connection = new Connection(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        String answer = connection.send(request);
        if (connection.ends) {
            connection.socket.close();
        } else {
            idle.addFirst(connection);
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : idle) {
            connection.socket.close();
        }
    }

    private static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private boolean ends;

        Connection(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MS);
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        String send(byte[] request) throws IOException {
            out.write(request);
            out.flush();
            String status = line();
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                ends |= lower.equals("connection: close");
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(
                            lower.substring(lower.indexOf(':') + 1).strip());
                }
            }
            String body = length >= 0 ? text(length) : chunks();
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException(status + " (expected: 200): " + body);
            }
            return body;
        }

        private String chunks() throws IOException {
            StringBuilder body = new StringBuilder();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.append(text(size));
                line();
            }
            line();
            return body.toString();
        }

        private String text(int length) throws IOException {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("the connection ended (expected: an answer)");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }
    }
}
