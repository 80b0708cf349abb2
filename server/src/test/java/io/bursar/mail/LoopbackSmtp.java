package io.bursar.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Just enough of a mail server: takes everything, or nothing while {@link #refuse} says so. */
final class LoopbackSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    LoopbackSmtp() {
        try {
            this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::serve);
    }

    String url() {
        return "smtp://127.0.0.1:" + socket.getLocalPort();
    }

    List<String> received() {
        return received;
    }

    void refuse(boolean refuse) {
        refusing = refuse;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException closed) {
                // The next client, or the end.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        var out = client.getOutputStream();
        Writer answer = new java.io.OutputStreamWriter(out, StandardCharsets.UTF_8);
        say(answer, "220 loopback");
        for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("RCPT") && refusing) {
                say(answer, "451 try later");
            } else if (line.equals("DATA")) {
                say(answer, "354 go on");
                received.add(body(in));
                say(answer, "250 taken");
            } else if (line.equals("QUIT")) {
                say(answer, "221 bye");
                return;
            } else {
                say(answer, "250 ok");
            }
        }
    }

    private static String body(BufferedReader in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (@Nullable String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            body.append(line).append('\n');
        }
        return body.toString();
    }

    private static void say(Writer answer, String line) throws IOException {
        answer.write(line + "\r\n");
        answer.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
