package io.bursar.mail;

import org.springframework.stereotype.Component;

/** Mail, queued in the caller's transaction and sent by a job with retries. */
@Component
public class Mail {
    /**
     * Queues one plain-text mail. {@code kind} names it for operators ({@code merchant-invite}); bodies are not logged.
     */
    public void queue(String kind, String to, String subject, String text) {
        throw new IllegalStateException("skeleton");
    }
}
