package io.bursar.console;

import io.bursar.audit.Audit;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.jobs.JobPause;
import io.bursar.jobs.JobView;
import io.bursar.jobs.Jobs;
import io.bursar.platform.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The recurring work: whether it gets done, doing it now, and letting it rest. */
@ConsolePage
@Access(Principal.Operator.class)
class JobsPage {
    static final String PATH = "/console/jobs";
    private static final int REASON_LENGTH_MAX = 500;

    private final Jobs jobs;
    private final Audit audit;
    private final TransactionTemplate transaction;

    JobsPage(Jobs jobs, Audit audit, TransactionTemplate transaction) {
        this.jobs = jobs;
        this.audit = audit;
        this.transaction = transaction;
    }

    @GetMapping(PATH)
    String jobs(
            @RequestParam(required = false) @Nullable String started,
            @RequestParam(required = false) @Nullable String busy,
            Principal.Operator operator,
            Model model) {
        List<JobView> all = jobs.list();
        model.addAttribute("jobs", all);
        model.addAttribute("unwell", all.stream().filter(JobView::unwell).count());
        model.addAttribute(
                "paused", all.stream().filter(job -> job.pause() != null).count());
        model.addAttribute("mayRun", operator.role().includes(Role.SUPPORT));
        model.addAttribute("started", known(all, started).orElse(null));
        model.addAttribute("busy", known(all, busy).orElse(null));
        return "console/jobs";
    }

    @GetMapping(PATH + "/{name}")
    String job(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String done,
            Principal.Operator operator,
            Model model) {
        model.addAttribute("job", found(name));
        model.addAttribute("runs", jobs.runs(name));
        model.addAttribute("hours", jobs.hours(name));
        model.addAttribute("mayRun", operator.role().includes(Role.SUPPORT));
        model.addAttribute("mayPause", operator.role().includes(Role.ADMIN));
        model.addAttribute("done", done);
        return "console/job";
    }

    /** The wish is audited and not the run, which any node makes, and which may be under way already. */
    @PostMapping(PATH + "/{name}/runs")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    ResponseEntity<Void> run(@PathVariable String name, Principal.Operator operator) {
        String job = found(name).name();
        transaction.executeWithoutResult(
                status -> audit.record(operator.actor(), "job.run_requested", subject(job), Map.of(), Map.of(), null));
        return switch (jobs.runNow(job)) {
            case DUE -> to(ListLink.of(PATH).with("started", job));
            case RUNNING -> to(ListLink.of(PATH).with("busy", job));
            case PAUSED -> to(ListLink.of(PATH + "/" + job).with("done", "is-paused"));
            case UNKNOWN -> throw unknown();
        };
    }

    @PostMapping(PATH + "/{name}/pause")
    @Access(value = Principal.Operator.class, role = Role.ADMIN)
    ResponseEntity<Void> pause(@PathVariable String name, @RequestParam String reason, Principal.Operator operator) {
        String job = found(name).name();
        String why = given(reason);
        boolean paused = Objects.requireNonNull(transaction.execute(status -> {
            boolean fresh = jobs.pause(job, operator.actor().text(), why);
            if (fresh) {
                audit.record(operator.actor(), "job.paused", subject(job), Map.of(), Map.of(), why);
            }
            return fresh;
        }));
        return to(ListLink.of(PATH + "/" + job).with("done", paused ? "paused" : "is-paused"));
    }

    @PostMapping(PATH + "/{name}/resumption")
    @Access(value = Principal.Operator.class, role = Role.ADMIN)
    ResponseEntity<Void> resume(@PathVariable String name, @RequestParam String reason, Principal.Operator operator) {
        JobView job = found(name);
        String why = given(reason);
        @Nullable JobPause pause = job.pause();
        transaction.executeWithoutResult(status -> {
            if (pause != null && jobs.resume(job.name())) {
                Map<String, Object> before = Map.of("paused", pause.reason());
                audit.record(operator.actor(), "job.resumed", subject(job.name()), before, Map.of(), why);
            }
        });
        return to(ListLink.of(PATH + "/" + job.name()).with("done", "resumed"));
    }

    private JobView found(String name) {
        return jobs.find(name).orElseThrow(JobsPage::unknown);
    }

    private static RuntimeException unknown() {
        return Problem.notFound("job").asException();
    }

    private static String given(String reason) {
        if (reason.isBlank() || reason.length() > REASON_LENGTH_MAX) {
            throw Problem.field("reason", "invalid_field", "Give a reason of at most 500 characters.")
                    .asException();
        }
        return reason.strip();
    }

    private static String subject(String job) {
        return "job/" + job;
    }

    private static ResponseEntity<Void> to(ListLink page) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", page.text())
                .build();
    }

    private static Optional<String> known(List<JobView> jobs, @Nullable String name) {
        return jobs.stream().map(JobView::name).filter(job -> job.equals(name)).findFirst();
    }
}
