package io.bursar.sandbox.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A mail as it arrived, decoded; the envelope says from whom and to whom, whatever the headers claim. */
public record Message(long id, String from, List<String> to, String subject, String text, Instant receivedAt) {

    static Message decode(long id, String from, List<String> to, String raw, Instant receivedAt) {
        try {
            var bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
            var mime = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            var subject = Optional.ofNullable(mime.getSubject()).orElse("");
            return new Message(id, from, to, subject, text(mime).orElse(""), receivedAt);
        } catch (MessagingException | IOException malformed) {
            return new Message(id, from, to, "(undecodable message)", raw, receivedAt);
        }
    }

    /** The first plain text in the message; failing that, any text. */
    private static Optional<String> text(Part part) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart parts) {
            Optional<String> fallback = Optional.empty();
            for (int i = 0; i < parts.getCount(); i++) {
                var inner = text(parts.getBodyPart(i));
                if (inner.isPresent() && parts.getBodyPart(i).isMimeType("text/plain")) {
                    return inner;
                }
                fallback = fallback.or(() -> inner);
            }
            return fallback;
        }
        return part.getContent() instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
