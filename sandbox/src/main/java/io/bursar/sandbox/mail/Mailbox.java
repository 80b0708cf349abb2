package io.bursar.sandbox.mail;

import io.bursar.sandbox.http.BadRequestException;
import io.bursar.sandbox.http.Loopback;
import io.bursar.sandbox.http.Request;
import io.bursar.sandbox.http.Response;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Everybody's mailbox: receives whatever is sent over SMTP and shows it on a page and as JSON. */
public final class Mailbox implements AutoCloseable {
    private static final int MESSAGES_MAX = 500;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Message> messages = new ArrayDeque<>();
    private final SmtpServer smtp;
    private final Loopback http;
    private long lastId;
    private volatile boolean refusing;

    private Mailbox(int smtpPort, int httpPort, Clock clock) {
        this.clock = clock;
        this.smtp = SmtpServer.start(smtpPort, new Door());
        this.http = Loopback.start(httpPort, this::handle);
    }

    /** Port 0 takes any free one. */
    public static Mailbox start(int smtpPort, int httpPort, Clock clock) {
        return new Mailbox(smtpPort, httpPort, clock);
    }

    public int smtpPort() {
        return smtp.port();
    }

    public String url() {
        return http.url();
    }

    /** Newest first. */
    public List<Message> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /** Over HTTP: {@code POST /sandbox/faults {"fault":"refuse"}}, and {@code none} to end it. */
    public void refuse(boolean refusing) {
        this.refusing = refusing;
    }

    @Override
    public void close() {
        smtp.close();
        http.close();
    }

    private final class Door implements SmtpSession.Delivery {
        @Override
        public boolean open() {
            return !refusing;
        }

        @Override
        public void accept(String from, List<String> to, String raw) {
            receive(from, to, raw);
        }
    }

    private void receive(String from, List<String> to, String raw) {
        lock.lock();
        try {
            messages.addFirst(Message.decode(++lastId, from, to, raw, clock.instant()));
            if (messages.size() > MESSAGES_MAX) {
                messages.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    private Response handle(Request request) {
        return switch (request.path()) {
            case "/" -> Response.html(MailPage.of(messages()));
            case "/messages" ->
                Response.json(messages().stream().map(Mailbox::json).toList());
            case "/sandbox/faults" -> faults(request);
            default -> message(request.path());
        };
    }

    private Response faults(Request request) {
        if (request.method().equals("POST")) {
            var fault = request.json().path("fault").asString("none");
            if (!fault.equals("refuse") && !fault.equals("none")) {
                throw new BadRequestException("fault: " + fault + " (expected: refuse or none)");
            }
            refuse(fault.equals("refuse"));
        }
        return Response.json(Map.of("fault", refusing ? "refuse" : "none"));
    }

    private Response message(String path) {
        return messages().stream()
                .filter(message -> path.equals("/messages/" + message.id()))
                .findAny()
                .map(message -> Response.json(json(message)))
                .orElseGet(Response::notFound);
    }

    private static Map<String, Object> json(Message message) {
        return Map.of(
                "id", message.id(),
                "from", message.from(),
                "to", message.to(),
                "subject", message.subject(),
                "text", message.text(),
                "receivedAt", message.receivedAt().toString());
    }
}
