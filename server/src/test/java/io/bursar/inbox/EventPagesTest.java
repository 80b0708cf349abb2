package io.bursar.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.shared.IdText;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages on the whole product, with events that came over HTTP and were applied by its job. */
class EventPagesTest {
    private final TestBursar bursar = TestBursar.shared();
    private final Browser admin = bursar.admin();
    private final String account = "page-" + UUID.randomUUID();
    private final Posts posts = new Posts(bursar, "/api/webhooks/acme/" + account);

    @Test
    void a_parked_event_is_explained_and_what_came_is_shown_as_text() {
        post("evt_1", "test.refused", "in_1", "\"note\":\"<script>alert(1)</script>\"");
        await().until(() -> only().state().equals("parked"));

        String page = admin.get("/console/events/" + only().idText()).body();

        assertThat(page)
                .contains("Why is", "Parked", "There is no &lt;b&gt;such&lt;/b&gt; currency.")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "its signature", "acme-signature")
                .doesNotContain("<script>alert", "<b>such", "th:");
    }

    @Test
    void bytes_that_are_no_text_are_shown_in_hex() {
        byte[] body = "{\"id\":\"evt_1\",\"type\":\"other.kind\",\"subject\":\"in_1\"}\u0000".getBytes(UTF_8);
        assertThat(RawText.of(body)).endsWith("\uFFFD");
        assertThat(RawText.of(new byte[] {(byte) 0xff, 0x0a})).isEqualTo("ff 0a");
        assertThat(RawText.of(new byte[100_000])).hasSizeLessThan(70_000).startsWith("\uFFFD");
    }

    @Test
    void a_replay_takes_a_reason_and_is_audited() {
        post("evt_1", "test.refused", "in_1", "");
        await().until(() -> only().state().equals("parked"));
        String path = "/console/events/" + only().idText();

        assertThat(admin.submit(path, path + "/replays", Map.of("reason", " ")).statusCode())
                .isEqualTo(422);
        HttpResponse<String> answer = admin.submit(path, path + "/replays", Map.of("reason", "fixed at Acme"));

        assertThat(answer.statusCode()).isEqualTo(302);
        await().until(() -> only().attempts() == 2 && only().state().equals("parked"));
        assertThat(bursar.bean(Audit.class)
                        .entries("inbox-event/" + only().id(), null, 10)
                        .items())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("event.replayed");
                    assertThat(entry.reason()).isEqualTo("fixed at Acme");
                    assertThat(entry.actor()).startsWith("operator/");
                });
    }

    @Test
    void events_are_filtered_by_the_url_and_replayed_together() {
        for (int i = 0; i < 3; i++) {
            post("evt_" + i, "foreign.kind", "in_" + i, "");
        }
        post("evt_x", "test.refused", "in_x", "");
        String ignored = "/console/events?state=ignored&account=" + account;
        await().until(() -> admin.get(ignored).body().contains("3 events"));

        assertThat(admin.get("/console/events?account=" + account).body()).contains("4 events");
        assertThat(admin.get("/console/events?subject=in_1&account=" + account).body())
                .contains("1 event");
        assertThat(admin.get("/console/events?kind=none&account=" + account).body())
                .contains("No event matches");
        HttpResponse<String> answer = admin.submit(
                ignored,
                "/console/events/replays",
                Map.of("state", "ignored", "account", account, "reason", "handled now"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("replayed=3", "state=ignored");
        await().until(() -> bursar.bean(EventListStore.class).page(filter(), null, 10).items().stream()
                .filter(event -> event.kind().equals("foreign.kind"))
                .allMatch(event -> event.attempts() == 2));
        assertThat(admin.submit(ignored, "/console/events/replays", Map.of("reason", "everything"))
                        .statusCode())
                .as("without a state")
                .isEqualTo(422);
        assertThat(bursar.bean(Audit.class).entries("inbox", null, 100).items())
                .extracting(AuditEntry::after)
                .anyMatch(after -> after.contains(account) && after.contains("3"));
    }

    @Test
    void more_than_a_page_is_reached_by_its_link() {
        for (int i = 0; i < 51; i++) {
            post("evt_" + i, "foreign.kind", "in_" + i, "");
        }

        String first = admin.get("/console/events?account=" + account).body();
        Matcher more = Pattern.compile("href=\"(/console/events\\?[^\"]*cursor=[^\"]+)\"")
                .matcher(first);

        assertThat(first).contains("51 events");
        assertThat(more.find()).isTrue();
        String second = admin.get(more.group(1).replace("&amp;", "&")).body();
        assertThat(second.split("/console/events/ine_", -1)).hasSize(2);
    }

    @Test
    void an_event_is_found_by_the_id_its_provider_gave_it_and_a_rejection_is_listed() {
        String theirs = "evt_" + UUID.randomUUID();
        post(theirs, "foreign.kind", "in_1", "");
        posts.unsigned(InboxFloor.body("evt_<b>", "foreign.kind", "in_1", ""));

        assertThat(admin.get("/console/search?q=" + theirs)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/console/events/" + only().idText());
        assertThat(admin.get("/console/events").body())
                .contains("Turned away", "Unsigned", "evt_&lt;b&gt;")
                .doesNotContain("evt_<b>");
        assertThat(admin.get("/console/events/ine_nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void what_was_turned_away_is_shown_as_it_came_and_no_further_than_it_was_kept() {
        String mark = UUID.randomUUID().toString();
        posts.unsigned(("{\"id\":\"evt_" + mark + "\",\"type\":\"x\",\"note\":\"<script>alert(1)</script>"
                        + "y".repeat(Rejections.SAMPLE_BYTES_MAX) + "THE END\"}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        UUID id = bursar.sql()
                .sql("SELECT id FROM inbox.rejection WHERE claimed_id = :claimed")
                .param("claimed", "evt_" + mark)
                .query(UUID.class)
                .single();
        String address = "/console/events/rejected/" + IdText.of("rej", id);

        assertThat(admin.get("/console/events").body()).contains(address);
        assertThat(admin.get(address).body())
                .contains(
                        "Why was this turned away?",
                        "It carries no signature",
                        "&lt;script&gt;alert(1)",
                        "content-type")
                .contains("the first 4,096 of")
                .doesNotContain("<script>alert", "THE END", "th:");
        assertThat(admin.get("/console/events/rejected/rej_nonsense").statusCode())
                .isEqualTo(404);
        assertThat(bursar.browser().get(address).statusCode()).isEqualTo(303);
    }

    private void post(String id, String kind, String subject, String more) {
        assertThat(posts.genuine(InboxFloor.body(id, kind, subject, more)).statusCode())
                .isEqualTo(200);
    }

    private EventView only() {
        List<EventView> all =
                bursar.bean(EventListStore.class).page(filter(), null, 10).items();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private EventFilter filter() {
        return new EventFilter(null, account, null, null, null);
    }
}
