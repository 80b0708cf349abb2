package io.bursar.bench.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody's endpoint on the loopback: notes each id with the moment at which it came and answers at once, or never.
 * Written by hand, because what shares the processors with what is measured should take little of them.
 */
final class WebhookReceiver implements AutoCloseable {
    private static final byte[] TAKEN =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CONNECTIONS_WAITING_MAX = 512;

    private final ServerSocket server;
    private final boolean hangs;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final AtomicLong repeated = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);

    WebhookReceiver(boolean hangs) {
        this.hangs = hangs;
        try {
            server = new ServerSocket(0, CONNECTIONS_WAITING_MAX, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** {@code http://127.0.0.1:port}. */
    String origin() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** When each id came first, by {@link System#nanoTime}. */
    Map<String, Long> arrivals() {
        return arrivals;
    }

    /** How many came again. */
    long repeated() {
        return repeated.get();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException over) {
            closed.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (String first = line(in); !first.isEmpty(); first = line(in)) {
                String id = request(in);
                if (hangs) {
                    closed.await();
                    return;
                }
                if (arrivals.putIfAbsent(id, System.nanoTime()) != null) {
                    repeated.incrementAndGet();
                }
                out.write(TAKEN);
            }
        } catch (IOException over) {
            // The other side has ended it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    /** Reads what follows the first line; answers the webhook's id. */
    private static String request(InputStream in) throws IOException {
        String id = "";
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            if (name.equals("webhook-id")) {
                id = header.substring(colon + 1).strip();
            } else if (name.equals("content-length")) {
                length = Integer.parseInt(header.substring(colon + 1).strip());
            }
        }
        in.skipNBytes(length);
        return id;
    }

    /** Empty at the end. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
