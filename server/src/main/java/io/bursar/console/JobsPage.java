package io.bursar.console;

import io.bursar.audit.Audit;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.jobs.JobView;
import io.bursar.jobs.Jobs;
import io.bursar.platform.Problem;
import java.util.List;
import java.util.Map;
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

/** The recurring work: whether it gets done, and doing it now. */
@ConsolePage
@Access(Principal.Operator.class)
class JobsPage {
    static final String PATH = "/console/jobs";

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
        model.addAttribute(
                "failing",
                all.stream().filter(job -> job.consecutiveFailures() > 0).count());
        model.addAttribute("mayRun", operator.role().includes(Role.SUPPORT));
        model.addAttribute("started", known(all, started).orElse(null));
        model.addAttribute("busy", known(all, busy).orElse(null));
        return "console/jobs";
    }

    /** The wish is audited and not the run, which any node makes, and which may be under way already. */
    @PostMapping(PATH + "/{name}/runs")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    ResponseEntity<Void> run(@PathVariable String name, Principal.Operator operator) {
        String job = known(jobs.list(), name)
                .orElseThrow(() -> Problem.notFound("job").asException());
        transaction.executeWithoutResult(
                status -> audit.record(operator.actor(), "job.run_requested", "job/" + job, Map.of(), Map.of(), null));
        String outcome = jobs.runNow(job) ? "started" : "busy";
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", ListLink.of(PATH).with(outcome, job).text())
                .build();
    }

    private static Optional<String> known(List<JobView> jobs, @Nullable String name) {
        return jobs.stream().map(JobView::name).filter(job -> job.equals(name)).findFirst();
    }
}
