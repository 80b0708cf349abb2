package io.bursar.sandbox.webhook;

import static io.bursar.sandbox.http.Page.escape;

import io.bursar.sandbox.http.Json;
import io.bursar.sandbox.http.Page;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** The receiver's page: what arrived, and whether its signature holds. */
final class ReceiverPage {
    private ReceiverPage() {}

    static String of(List<Delivery> deliveries, int secrets) {
        var cards = deliveries.stream().map(ReceiverPage::card).collect(Collectors.joining());
        var body = """
                <h1>Webhook receiver</h1>
                <p class="dim">Stands in for a partner's server: every POST to <span class="mono">/hooks/…</span> is
                verified against %d known %s. <a href="/">Look again</a></p>
                <form class="card" method="post" action="/secret"><div><label>Trust another secret
                <input name="secret" placeholder="whsec_…" autocomplete="off"></label><button>Add</button></div></form>
                %s
                """.formatted(
                        secrets,
                        secrets == 1 ? "secret" : "secrets",
                        cards.isEmpty()
                                ? "<section class=\"card\"><div>Nothing yet. Pay a request and its "
                                        + "payment.verified arrives here.</div></section>"
                                : cards);
        return Page.of("Webhook receiver", body);
    }

    /** The type that the payload gives itself; empty when it is no such payload. */
    static String type(String body) {
        try {
            return Json.parse(body).path("type").asString("");
        } catch (JacksonException malformed) {
            return "";
        }
    }

    private static String card(Delivery delivery) {
        return """
                <section class="card"><div class="head"><h2>%s</h2><span class="tag %s">%s</span>
                <span class="dim">answered %d%s</span><time class="dim">%s</time></div>
                <div class="mono">%s %s</div><pre>%s</pre></section>
                """.formatted(
                escape(delivery.type().isEmpty() ? "(no type)" : delivery.type()),
                tone(delivery.verdict()),
                escape(words(delivery.verdict())),
                delivery.status(),
                delivery.attempt() > 1 ? ", attempt " + delivery.attempt() : "",
                escape(delivery.receivedAt().truncatedTo(ChronoUnit.SECONDS).toString()),
                escape(delivery.id()),
                escape(delivery.path()),
                escape(pretty(delivery.body())));
    }

    private static String tone(Verdict verdict) {
        return switch (verdict) {
            case VERIFIED -> "ok";
            case NO_SECRET -> "wait";
            case BAD_SIGNATURE, STALE_TIMESTAMP, HEADERS_MISSING -> "bad";
        };
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case VERIFIED -> "Signature verified";
            case NO_SECRET -> "No secret to check with";
            case BAD_SIGNATURE -> "Bad signature";
            case STALE_TIMESTAMP -> "Timestamp too old or too new";
            case HEADERS_MISSING -> "Signature headers missing";
        };
    }

    private static String pretty(String body) {
        try {
            return Json.pretty(Json.parse(body));
        } catch (JacksonException malformed) {
            return body;
        }
    }
}
