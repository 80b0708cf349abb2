package io.bursar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.gates.GateView;
import io.bursar.gates.Gates;
import io.bursar.inbox.Posts;
import io.bursar.jobs.JobView;
import io.bursar.jobs.Jobs;
import io.bursar.jobs.RunRequest;
import io.bursar.outbox.Endpoints;
import io.bursar.outbox.Outbox;
import io.bursar.outbox.Receiver;
import io.bursar.platform.Gate;
import io.bursar.platform.Gatekeeper;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code serve} twice on one database: whoever asks cannot tell which of the two they speak to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {
    private static final Actor TEST = Actor.system("test");
    private static final int VIEWS_PER_MINUTE = 60;

    private final Receiver receiver = new Receiver();
    private TestBursar here;
    private TestBursar there;

    @BeforeAll
    void start() {
        Map<String, String> settings = Map.of("WEBHOOK_ALLOWED_ORIGINS", receiver.origin());
        here = TestBursar.start(settings);
        Map<String, String> further = new HashMap<>(settings);
        further.putAll(here.asFurtherNode());
        there = TestBursar.start(further);
    }

    @AfterAll
    void stop() {
        there.close();
        here.close();
        receiver.close();
    }

    @Test
    void a_session_begun_on_one_node_works_on_the_other_and_ends_on_both() {
        Browser atHome = here.admin();
        Browser abroad = there.browser().with("Cookie", cookies(atHome));
        assertThat(abroad.get("/console").statusCode()).isEqualTo(200);

        assertThat(abroad.submit("/console", "/logout", Map.of()).statusCode()).isEqualTo(303);

        assertThat(abroad.get("/console").statusCode()).isEqualTo(303);
        assertThat(atHome.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void both_nodes_count_one_client_together() {
        beginAMinute();
        List<Integer> answers = IntStream.range(0, VIEWS_PER_MINUTE + 20)
                .mapToObj(i -> (i % 2 == 0 ? here : there).browser())
                .map(browser -> browser.get("/pay/pr_unknown").statusCode())
                .toList();

        assertThat(answers).filteredOn(status -> status == 404).hasSize(VIEWS_PER_MINUTE);
        assertThat(answers.subList(VIEWS_PER_MINUTE, answers.size())).containsOnly(429);
    }

    @Test
    void a_job_that_is_due_runs_on_one_of_them() {
        String job = "backfill-events";
        await().until(() -> runs(job) > 0);
        long before = runs(job);

        assertThat(here.bean(Jobs.class).runNow(job)).isEqualTo(RunRequest.DUE);

        await().until(() -> runs(job) > before);
        long ticks = runs("deliver-webhooks");
        await().until(() -> runs("deliver-webhooks") > ticks + 3);
        assertThat(runs(job)).as("and the other one left it alone").isEqualTo(before + 1);
    }

    @Test
    void a_gate_closed_on_one_is_closed_on_the_other_and_opened_there_for_both() {
        Gate gate = gate("exchange-rates");
        assertThat(there.bean(Gatekeeper.class).isOpen(gate)).isTrue();

        change(here, gate, "closing");
        await().atMost(Gatekeeper.ANSWER_AGE_MAX.multipliedBy(2))
                .until(() -> !there.bean(Gatekeeper.class).isOpen(gate));
        assertThat(there.admin()
                        .submit("/console/fx", "/console/fx/fetch", Map.of())
                        .statusCode())
                .isEqualTo(503);

        change(there, gate, "opening");
        await().atMost(Gatekeeper.ANSWER_AGE_MAX.multipliedBy(2))
                .until(() -> here.bean(Gatekeeper.class).isOpen(gate));
    }

    @Test
    void an_event_posted_to_both_is_kept_and_applied_once() {
        String account = "two-nodes";
        String subject = "inv_" + UUID.randomUUID();
        here.sql()
                .sql("INSERT INTO shop.invoice (account, id, note, version) VALUES (?, ?, 'made', 1)")
                .params(account, subject)
                .update();
        byte[] paid = Posts.event("evt_" + subject, subject);

        HttpResponse<String> first = new Posts(here, "/api/webhooks/acme/" + account).genuine(paid);
        HttpResponse<String> second = new Posts(there, "/api/webhooks/acme/" + account).genuine(paid);

        assertThat(first.body()).contains("kept");
        assertThat(second.body()).contains("duplicate");
        await().until(() -> touched(subject) > 0);
        long runs = runs("apply-events");
        await().until(() -> runs("apply-events") > runs + 2);
        assertThat(touched(subject)).isEqualTo(1);
    }

    @Test
    void what_either_publishes_is_delivered_once_though_both_deliver() {
        String owner = "partner/" + UUID.randomUUID();
        in(here, () -> here.bean(Endpoints.class).add(owner, receiver.url(), TEST));
        int events = 40;
        for (int i = 0; i < events; i++) {
            TestBursar node = i % 2 == 0 ? here : there;
            String subject = "payment-request/" + i;
            in(node, () -> node.bean(Outbox.class).publish(owner, "payment.verified", subject, Map.of("number", 1)));
            node.run("deliver-webhooks");
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> delivered(owner) == events);
        assertThat(receiver.timesById())
                .hasSize(events)
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    }

    private Gate gate(String name) {
        return here.bean(Gates.class).list().stream()
                .map(GateView::gate)
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void change(TestBursar node, Gate gate, String verb) {
        String page = "/console/gates";
        HttpResponse<String> answer =
                node.admin().submit(page, page + "/" + gate.name() + "/" + verb, Map.of("reason", "two nodes"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private static String cookies(Browser browser) {
        return "bursar_session=" + browser.cookie("bursar_session").orElseThrow() + "; bursar_device="
                + browser.cookie("bursar_device").orElse("none");
    }

    /** So that no minute ends while requests are counted. */
    private void beginAMinute() {
        Instant begin = here.clock().instant().truncatedTo(ChronoUnit.MINUTES).plusSeconds(61);
        for (TestBursar node : List.of(here, there)) {
            Duration left = Duration.between(node.clock().instant(), begin);
            node.clock().forward(left.isNegative() ? Duration.ZERO : left);
        }
    }

    private long runs(String job) {
        return here.bean(Jobs.class).list().stream()
                .filter(view -> view.name().equals(job))
                .mapToLong(JobView::runs)
                .sum();
    }

    private int touched(String subject) {
        return here.sql()
                .sql("SELECT touched FROM shop.invoice WHERE id = ?")
                .param(subject)
                .query(Integer.class)
                .single();
    }

    private long delivered(String owner) {
        return here.bean(Endpoints.class).deliveries(owner, null, null, 200).items().stream()
                .filter(delivery -> delivery.status().equals("delivered"))
                .count();
    }

    private static void in(TestBursar node, Runnable work) {
        node.bean(TransactionTemplate.class).executeWithoutResult(_ -> work.run());
    }
}
