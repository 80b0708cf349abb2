package io.bursar.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.audit.AuditFilter;
import io.bursar.errorlog.ErrorLog;
import io.bursar.identity.OperatorCreation;
import io.bursar.identity.Operators;
import io.bursar.identity.Role;
import io.bursar.jobs.JobView;
import io.bursar.jobs.Jobs;
import io.bursar.mail.Mail;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class OperatePagesTest {
    private static final List<String> PAGES =
            List.of("/console/audit", "/console/errors", "/console/jobs", "/console/mail", "/console/operators");
    private static final String PASSWORD = "only for tests: somebody";

    private final TestBursar bursar = TestBursar.shared();
    private final String name = "somebody-" + UUID.randomUUID();

    @Test
    void an_admin_opens_them_all_and_finds_them_in_the_navigation() {
        Browser admin = bursar.admin();
        for (String path : PAGES) {
            HttpResponse<String> page = admin.get(path);
            assertThat(page.statusCode()).as(path + page.body()).isEqualTo(200);
            assertThat(page.body())
                    .contains("href=\"" + path + "\" aria-current=\"page\"")
                    .doesNotContain("th:");
        }
    }

    @Test
    void whoever_is_not_signed_in_is_asked_to_do_so() {
        for (String path : PAGES) {
            HttpResponse<String> answer = bursar.browser().get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/login?next=");
        }
    }

    @Test
    void a_viewer_is_refused_what_the_role_does_not_include() {
        Browser viewer = signedIn(Role.VIEWER);

        assertThat(viewer.get("/console/jobs").body()).contains("chain-audit").doesNotContain("Run now");
        for (String path : List.of("/console/mail", "/console/operators")) {
            HttpResponse<String> refused = viewer.get(path);
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
            assertThat(refused.body()).contains("You may not do this", "Your role does not include this");
        }
        assertThat(viewer.submit("/console", "/console/jobs/chain-audit/runs", Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.get("/console").body())
                .contains("href=\"/console/jobs\"")
                .doesNotContain("href=\"/console/operators\"");
    }

    @Test
    void an_operator_is_added_signs_in_and_loses_access() {
        Browser admin = bursar.admin();
        Map<String, String> form = Map.of(
                "email", name + "@example.com", "name", "Grace <Hopper>", "role", "support", "password", PASSWORD);

        HttpResponse<String> added = admin.submit("/console/operators", "/console/operators", form);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(303);
        assertThat(admin.get("/console/operators").body()).contains(name + "@example.com", "Grace &lt;Hopper&gt;");

        Browser grace = bursar.browser().signIn(name + "@example.com", PASSWORD);
        assertThat(grace.get("/console/mail").statusCode()).isEqualTo(200);

        HttpResponse<String> again = admin.submit("/console/operators", "/console/operators", form);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("already").doesNotContain(PASSWORD);

        String path = "/console/operators/" + IdText.of("opr", id(name + "@example.com")) + "/disabling";
        assertThat(admin.submit("/console/operators", path, Map.of()).statusCode())
                .isEqualTo(303);
        assertThat(grace.get("/console/mail").statusCode()).isEqualTo(303);
        assertThat(admin.submit("/console/operators", path, Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_cannot_be_taken_is_said_beside_its_field() {
        Browser admin = bursar.admin();
        for (var wrong : List.of(
                Map.of("email", name + "@example.com", "name", "Ada", "role", "viewer", "password", "ä".repeat(37)),
                Map.of("email", name + "@example.com", "name", "Ada", "role", "king", "password", PASSWORD),
                Map.of("email", "nobody", "name", "Ada", "role", "viewer", "password", PASSWORD),
                Map.of("email", name + "@example.com", "name", " ", "role", "viewer", "password", PASSWORD))) {
            HttpResponse<String> answer = admin.submit("/console/operators", "/console/operators", wrong);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body())
                    .contains("field invalid", "class=\"error\"")
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void nobody_ends_their_own_access() {
        String path = "/console/operators/" + IdText.of("opr", id(TestBursar.ADMIN_EMAIL)) + "/disabling";
        assertThat(bursar.admin().submit("/console/operators", path, Map.of()).statusCode())
                .isEqualTo(409);
    }

    @Test
    void audit_is_narrowed_by_its_address_and_shows_what_changed() {
        String subject = "test/" + name;
        for (int i = 0; i < 60; i++) {
            record(subject, Map.of("state", "old<" + i), Map.of("state", "new", "count", i));
        }
        Browser admin = bursar.admin();

        String page = admin.get("/console/audit?subject=" + subject + "&action=thing.")
                .body();
        assertThat(page).contains("60 entries", "old&lt;59", "?action=thing.&amp;cursor=");
        assertThat(page.split(">old&lt;", -1)).hasSize(51);
        assertThat(admin.get("/console/audit?subject=" + subject + "&action=other")
                        .body())
                .contains("Nothing matches", "0 entries");
    }

    @Test
    void audit_is_narrowed_to_days() {
        String subject = "test/" + name;
        record(subject, Map.of(), Map.of("day", "first"));
        LocalDate first = LocalDate.ofInstant(bursar.clock().instant(), ZoneOffset.UTC);
        bursar.clock().forward(Duration.ofDays(2));
        record(subject, Map.of(), Map.of("day", "third"));
        Browser admin = bursar.admin();
        String page = "/console/audit?subject=" + subject;

        assertThat(admin.get(page + "&to=" + first).body()).contains("1 entry", ">first<", "value=\"" + first + "\"");
        assertThat(admin.get(page + "&from=" + first.plusDays(1)).body()).contains("1 entry", ">third<");
        assertThat(admin.get(page + "&from=" + first + "&to=" + first.plusDays(2))
                        .body())
                .contains("2 entries", "/console/audit.csv?from=" + first);
        assertThat(admin.get(page + "&from=yesterday&to=9999-99-99").body()).contains("2 entries");
        assertThat(admin.get("/console/audit.csv?subject=" + subject + "&from=" + first.plusDays(1))
                        .body()
                        .lines())
                .hasSize(2);
    }

    @Test
    void audit_is_handed_out_as_csv_that_no_spreadsheet_runs() {
        String subject = "test/" + name;
        record(subject, Map.of(), Map.of("note", "=1+1"));

        HttpResponse<String> csv = bursar.admin().get("/console/audit.csv?subject=" + subject);

        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.body().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains(",system/test,thing.changed," + subject + ",{},\"{\"\"note\"\": \"\"=1+1\"\"}\",'=because,");
    }

    @Test
    void errors_are_counted_by_code_and_listed() {
        String code = "test_" + name.replaceAll("[^a-z0-9]", "").substring(0, 20);
        bursar.bean(ErrorLog.class).record(code, "No node answers <yet>.", "chain/8453");
        bursar.bean(ErrorLog.class).record(code, "No node answers.", null);

        String page = bursar.admin().get("/console/errors?code=" + code).body();

        assertThat(page).contains("2 lines", "No node answers &lt;yet&gt;.", "Within 24 hours", "chain/8453");
        assertThat(bursar.admin().get("/console/errors?code=nothing_like_it").body())
                .contains("Nothing matches");
    }

    @Test
    void support_runs_a_job_now_and_the_wish_is_audited() {
        Browser support = signedIn(Role.SUPPORT);
        long runs = job("verify-books").runs();

        HttpResponse<String> answer = support.submit("/console/jobs", "/console/jobs/verify-books/runs", Map.of());

        assertThat(answer.statusCode()).isEqualTo(303);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/console/jobs?started=verify-books");
        assertThat(support.get(location).body()).contains("is due now");
        await().atMost(Duration.ofSeconds(20)).until(() -> job("verify-books").runs() > runs);
        assertThat(bursar.bean(Audit.class)
                        .entries(AuditFilter.ofSubject("job/verify-books"), null, 1)
                        .items())
                .extracting(AuditEntry::actor)
                .containsExactly("operator/" + id(name + "@example.com"));
        assertThat(support.submit("/console/jobs", "/console/jobs/nothing/runs", Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_admin_pauses_a_job_with_a_reason_and_resumes_it() {
        Browser admin = bursar.admin();
        Browser support = signedIn(Role.SUPPORT);
        String page = "/console/jobs/seal-books";
        Map<String, String> why = Map.of("reason", "the disk of manifests is full <" + name);

        assertThat(support.submit(page, page + "/pause", why).statusCode()).isEqualTo(403);
        assertThat(admin.submit(page, page + "/pause", Map.of("reason", " ")).statusCode())
                .isEqualTo(422);
        assertThat(admin.submit(page, page + "/pause", why).statusCode()).isEqualTo(303);
        try {
            assertThat(support.get(page).body())
                    .contains("Why does", "the disk of manifests is full &lt;" + name)
                    .doesNotContain("Resume it");
            assertThat(support.get("/console/jobs").body()).contains("1 paused");
            assertThat(support.submit("/console/jobs", page + "/runs", Map.of())
                            .headers()
                            .firstValue("Location"))
                    .hasValue(page + "?done=is-paused");
        } finally {
            assertThat(admin.submit(page, page + "/resumption", why).statusCode())
                    .isEqualTo(303);
        }

        assertThat(admin.get(page).body()).contains("Pause it").doesNotContain("Resume it", "th:");
        assertThat(bursar.bean(Audit.class)
                        .entries(AuditFilter.ofSubject("job/seal-books"), null, 3)
                        .items())
                .extracting(AuditEntry::action)
                .containsExactly("job.resumed", "job.run_requested", "job.paused");
        assertThat(admin.get("/console/jobs/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void mail_is_shown_without_its_body() {
        bursar.bean(TransactionTemplate.class)
                .executeWithoutResult(status ->
                        bursar.bean(Mail.class).queue("test", name + "@example.com", "Hello <you>", "the secret word"));

        assertThat(bursar.admin().get("/console/mail").body())
                .contains(name + "@example.com", "Hello &lt;you&gt;", "Queued", "No mail server is configured")
                .doesNotContain("secret word");
    }

    private Browser signedIn(Role role) {
        OperatorCreation added = bursar.bean(Operators.class)
                .add(name + "@example.com", "Somebody", role, PASSWORD, Actor.system("test"));
        assertThat(added).isInstanceOf(OperatorCreation.Created.class);
        return bursar.browser().signIn(name + "@example.com", PASSWORD);
    }

    private UUID id(String email) {
        return bursar.bean(Operators.class).list().stream()
                .filter(operator -> operator.email().equals(email))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private JobView job(String job) {
        return bursar.bean(Jobs.class).list().stream()
                .filter(view -> view.name().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private void record(String subject, Map<String, ?> before, Map<String, ?> after) {
        bursar.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> bursar.bean(Audit.class)
                        .record(Actor.system("test"), "thing.changed", subject, before, after, "=because"));
    }
}
