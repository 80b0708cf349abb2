package io.bursar.sandbox.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One client's conversation: the part of RFC 5321 that a well-behaved sender uses. */
final class SmtpSession {
    static final int MESSAGE_BYTES_MAX = 1 << 20;

    private static final int LINE_BYTES_MAX = 2_048;
    private static final int RECIPIENTS_MAX = 100;
    private static final int COMMANDS_MAX = 1_000;
    private static final Pattern MAIL = Pattern.compile("MAIL FROM:\\s*<([^<>\\s]*)>(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RCPT = Pattern.compile("RCPT TO:\\s*<([^<>\\s]+)>.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SIZE = Pattern.compile(".*\\bSIZE=([0-9]{1,18}).*", Pattern.CASE_INSENSITIVE);

    private final InputStream in;
    private final OutputStream out;
    private final Delivery delivery;
    private final List<String> recipients = new ArrayList<>();
    private @Nullable String sender;

    /** Takes a message for which the client was promised delivery. */
    interface Delivery {
        /** False while the mailbox is switched to fail: the client is told to try again later. */
        boolean open();

        void accept(String from, List<String> to, String raw);
    }

    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;
    }

    SmtpSession(Socket socket, Delivery delivery) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.delivery = delivery;
    }

    void run() throws IOException {
        reply("220 bursar-sandbox ESMTP");
        for (int commands = 0; commands < COMMANDS_MAX; commands++) {
            var line = readLine();
            if (line == null || quits(line)) {
                return;
            }
        }
        reply("421 too many commands");
    }

    private boolean quits(String line) throws IOException {
        switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
            case "EHLO" -> {
                reset();
                reply("250-bursar-sandbox");
                reply("250-SIZE " + MESSAGE_BYTES_MAX);
                reply("250 8BITMIME");
            }
            case "HELO" -> {
                reset();
                reply("250 bursar-sandbox");
            }
            case "MAIL" -> mail(line);
            case "RCPT" -> recipient(line);
            case "DATA" -> data();
            case "RSET" -> {
                reset();
                reply("250 ok");
            }
            case "NOOP" -> reply("250 ok");
            case "QUIT" -> {
                reply("221 bye");
                return true;
            }
            default -> reply("502 command not implemented");
        }
        return false;
    }

    private void mail(String line) throws IOException {
        Matcher match = MAIL.matcher(line);
        if (!match.matches()) {
            reply("501 expected: MAIL FROM:<address>");
            return;
        }
        if (!delivery.open()) {
            reply("451 try again later");
            return;
        }
        if (sender != null) {
            reply("503 nested MAIL command");
            return;
        }
        Matcher size = SIZE.matcher(match.group(2));
        if (size.matches() && Long.parseLong(size.group(1)) > MESSAGE_BYTES_MAX) {
            reply("552 message larger than " + MESSAGE_BYTES_MAX + " bytes");
            return;
        }
        sender = match.group(1);
        reply("250 ok");
    }

    private void recipient(String line) throws IOException {
        Matcher match = RCPT.matcher(line);
        if (sender == null) {
            reply("503 MAIL first");
        } else if (!match.matches()) {
            reply("501 expected: RCPT TO:<address>");
        } else if (recipients.size() >= RECIPIENTS_MAX) {
            reply("452 too many recipients");
        } else {
            recipients.add(match.group(1));
            reply("250 ok");
        }
    }

    private void data() throws IOException {
        if (sender == null || recipients.isEmpty()) {
            reply("503 MAIL and RCPT first");
            return;
        }
        reply("354 end with a line that holds a dot only");
        var message = readMessage();
        if (message == null) {
            reply("552 message larger than " + MESSAGE_BYTES_MAX + " bytes");
        } else {
            delivery.accept(sender, List.copyOf(recipients), message);
            reply("250 ok");
        }
        reset();
    }

    /** Null when it was too large; it is read to its end even so, as the client goes on sending. */
    private @Nullable String readMessage() throws IOException {
        var message = new StringBuilder();
        boolean fits = true;
        for (var line = readLine(); !".".equals(line); line = readLine()) {
            if (line == null) {
                throw new IOException("the client left in the middle of a message");
            }
            var unstuffed = line.startsWith(".") ? line.substring(1) : line;
            fits = fits && message.length() + unstuffed.length() + 2 <= MESSAGE_BYTES_MAX;
            if (fits) {
                message.append(unstuffed).append("\r\n");
            }
        }
        return fits ? message.toString() : null;
    }

    /** Bytes as ISO 8859-1, so that every byte survives until the MIME decoder sees it. */
    private @Nullable String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                var text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (line.size() >= LINE_BYTES_MAX) {
                reply("500 line too long");
                throw new TooLongException();
            }
            line.write(next);
        }
        return null;
    }

    private void reset() {
        sender = null;
        recipients.clear();
    }

    private void reply(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
