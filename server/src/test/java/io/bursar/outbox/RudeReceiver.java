package io.bursar.outbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Answers as the path asks, byte by byte, so that nothing between it and the wire makes it decent. */
final class RudeReceiver implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final int TLS_HANDSHAKE = 0x16;
    private static final String LARGE = "x".repeat(8_000);

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    RudeReceiver() {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
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
            sockets.clear();
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            in.mark(1);
            if (in.read() == TLS_HANDSHAKE) {
                write(socket.getOutputStream(), "HTTP/1.1 400 Bad Request\r\n\r\n");
                return;
            }
            in.reset();
            String path = line(in).split(" ", 3)[1];
            int length = 0;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                if (header.startsWith("Content-Length:")) {
                    length = Integer.parseInt(
                            header.substring("Content-Length:".length()).strip());
                }
            }
            in.skipNBytes(length);
            answer(path, socket.getOutputStream());
            if (path.equals("/nothing")) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException | ArrayIndexOutOfBoundsException over) {
            // The other side has had enough, or speaks TLS.
        }
    }

    /** What goes on for ever ends when the other side hangs up. */
    private static void answer(String path, OutputStream out) throws IOException {
        switch (path) {
            case "/nothing" -> {
                // The other side hangs up first.
            }
            case "/hangs-up" -> out.flush();
            case "/garbage" -> write(out, "I am no web server.\r\n\r\n");
            case "/no-version" -> write(out, "200 OK\r\n\r\n");
            case "/drips-its-head" -> {
                write(out, OK + "X-Drip: ");
                forEver(out, "x", 50);
            }
            case "/endless-headers" -> {
                write(out, OK);
                forEver(out, "X-More: " + LARGE + "\r\n", 0);
            }
            case "/endless-small-headers" -> {
                write(out, OK);
                forEver(out, "X-More: 1\r\n", 0);
            }
            case "/endless-header" -> {
                write(out, OK + "X-More: ");
                forEver(out, LARGE, 0);
            }
            case "/endless-status" -> {
                write(out, "HTTP/1.1 200 ");
                forEver(out, LARGE, 0);
            }
            case "/endless-continue" -> forEver(out, "HTTP/1.1 100 Continue\r\n\r\n", 1);
            case "/endless-body" -> {
                write(out, OK + "\r\n");
                forEver(out, LARGE, 0);
            }
            case "/endless-chunks" -> {
                write(out, OK + "Transfer-Encoding: chunked\r\n\r\n");
                forEver(out, "1f40\r\n" + LARGE + "\r\n", 0);
            }
            case "/drips-its-body" -> {
                write(out, OK + "Content-Length: 1000000\r\n\r\n");
                forEver(out, "x", 50);
            }
            case "/429-in-10-minutes" -> status(out, "429 Slow Down", "Retry-After: 600");
            case "/503-in-an-hour" -> status(out, "503 Away", "Retry-After: 3600");
            case "/429-never" -> status(out, "429 Slow Down", "Retry-After: -1");
            case "/307" -> status(out, "307 Elsewhere", "Location: http://127.0.0.1:1/");
            default -> status(out, path.substring(1) + " As Asked", "X-Nothing: 1");
        }
    }

    private static void status(OutputStream out, String status, String header) throws IOException {
        write(out, "HTTP/1.1 " + status + "\r\n" + header + "\r\nContent-Length: 0\r\n\r\n");
    }

    private static void forEver(OutputStream out, String text, int pauseMs) throws IOException {
        while (true) {
            write(out, text);
            if (pauseMs > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMs));
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

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
