package io.bursar.sandbox.webhook;

import io.bursar.sandbox.http.BadRequestException;
import io.bursar.sandbox.http.Loopback;
import io.bursar.sandbox.http.Request;
import io.bursar.sandbox.http.Response;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A partner's webhook endpoint: takes posts at {@code /hooks/…}, verifies their signatures and shows them. Secrets are
 * told by {@code PUT /secret {"secret":"whsec_…"}}; any of them will do, so that a rotation can be watched.
 */
public final class WebhookReceiver implements AutoCloseable {
    private static final int DELIVERIES_MAX = 500;
    private static final int SECRETS_MAX = 50;
    private static final long SLOW_SECONDS_MAX = 60;

    private final Clock clock;
    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private final Loopback http;
    private volatile ReceiverFault fault = ReceiverFault.NONE;

    private WebhookReceiver(int port, Clock clock) {
        this.clock = clock;
        this.http = Loopback.start(port, this::handle);
    }

    /** Port 0 takes any free one. */
    public static WebhookReceiver start(int port, Clock clock) {
        return new WebhookReceiver(port, clock);
    }

    /** The origin, to be listed in {@code WEBHOOK_ALLOWED_ORIGINS}. */
    public String url() {
        return http.url();
    }

    public String hookUrl(String name) {
        return http.url() + "/hooks/" + name;
    }

    public void trust(String secret) {
        try {
            var _ = SignatureCheck.key(secret);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequestException("secret: not whsec_ and base64", malformed);
        }
        if (secrets.size() >= SECRETS_MAX) {
            secrets.removeFirst();
        }
        secrets.remove(secret);
        secrets.add(secret);
    }

    public void forgetSecrets() {
        secrets.clear();
    }

    /** Over HTTP: {@code POST /sandbox/faults {"fault":"http_500"}}. */
    public void fail(ReceiverFault fault) {
        lock.lock();
        try {
            this.fault = fault;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Newest first. */
    public List<Delivery> deliveries() {
        lock.lock();
        try {
            return List.copyOf(deliveries);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private Response handle(Request request) {
        if (request.path().startsWith("/hooks/")) {
            return request.method().equals("POST") ? receive(request) : Response.text(405, "POST only");
        }
        return switch (request.path()) {
            case "/" -> Response.html(ReceiverPage.of(deliveries(), secrets.size()));
            case "/deliveries" ->
                Response.json(deliveries().stream().map(WebhookReceiver::json).toList());
            case "/secret" -> secret(request);
            case "/sandbox/faults" -> faults(request);
            default -> Response.notFound();
        };
    }

    private Response receive(Request request) {
        var signed = new SignatureCheck.Signed(
                request.header("webhook-id").orElse(""),
                request.header("webhook-timestamp").orElse(""),
                request.header("webhook-signature").orElse(""),
                request.body());
        var verdict = SignatureCheck.judge(signed, secrets, clock.instant());
        int status = status(verdict);
        remember(request, signed.id(), verdict, status);
        if (fault == ReceiverFault.SLOW) {
            waitUntilFast();
        }
        return Response.json(status, Map.of("verdict", name(verdict)));
    }

    private int status(Verdict verdict) {
        return switch (fault) {
            case HTTP_500 -> 500;
            case HTTP_410 -> 410;
            case HTTP_429 -> 429;
            case NONE, SLOW ->
                switch (verdict) {
                    case VERIFIED, NO_SECRET -> 200;
                    case BAD_SIGNATURE, STALE_TIMESTAMP -> 401;
                    case HEADERS_MISSING -> 400;
                };
        };
    }

    private void remember(Request request, String id, Verdict verdict, int status) {
        lock.lock();
        try {
            int before = (int) deliveries.stream()
                    .filter(earlier -> earlier.id().equals(id) && earlier.path().equals(request.path()))
                    .count();
            deliveries.addFirst(new Delivery(
                    id,
                    ReceiverPage.type(request.body()),
                    request.path(),
                    before + 1,
                    clock.instant(),
                    verdict,
                    status,
                    request.body()));
            if (deliveries.size() > DELIVERIES_MAX) {
                deliveries.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    private void waitUntilFast() {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(SLOW_SECONDS_MAX);
            while (nanos > 0 && fault == ReceiverFault.SLOW) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private Response secret(Request request) {
        switch (request.method()) {
            case "PUT" -> trust(request.json().path("secret").asString(""));
            case "DELETE" -> forgetSecrets();
            case "POST" -> {
                trust(request.form().getOrDefault("secret", "").strip());
                return Response.seeOther("/");
            }
            default -> {
                return Response.text(405, "PUT, POST or DELETE only");
            }
        }
        return Response.json(Map.of("secrets", secrets.size()));
    }

    private Response faults(Request request) {
        if (request.method().equals("POST")) {
            var wanted = request.json().path("fault").asString("none").toUpperCase(Locale.ROOT);
            fail(List.of(ReceiverFault.values()).stream()
                    .filter(each -> each.name().equals(wanted))
                    .findAny()
                    .orElseThrow(() -> new BadRequestException(
                            "fault: " + wanted + " (expected: none, http_500, http_410, http_429, slow)")));
        }
        return Response.json(Map.of("fault", name(fault)));
    }

    private static Map<String, Object> json(Delivery delivery) {
        return Map.of(
                "id", delivery.id(),
                "type", delivery.type(),
                "path", delivery.path(),
                "attempt", delivery.attempt(),
                "receivedAt", delivery.receivedAt().toString(),
                "verdict", name(delivery.verdict()),
                "status", delivery.status(),
                "body", delivery.body());
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
