package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.jobs.Jobs;
import io.bursar.platform.Problem;
import io.bursar.platform.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A scheduler outside, such as cron, makes a job due. Whichever node is first runs it, as on the Jobs page. */
@Hidden
@RestController
@Access(Principal.Cron.class)
class CronApi {
    private final Jobs jobs;
    private final Audit audit;
    private final TransactionTemplate transaction;

    CronApi(Jobs jobs, Audit audit, TransactionTemplate transaction) {
        this.jobs = jobs;
        this.audit = audit;
        this.transaction = transaction;
    }

    record RunJson(String job, String outcome) {}

    @PostMapping(path = "/api/cron/jobs/{name}/runs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RunJson> run(@PathVariable String name, Principal.Cron caller) {
        if (jobs.list().stream().noneMatch(job -> job.name().equals(name))) {
            throw unknown();
        }
        transaction.executeWithoutResult(
                _ -> audit.record(caller.actor(), "job.run_requested", "job/" + name, Map.of(), Map.of(), null));
        String outcome = switch (jobs.runNow(name)) {
            case DUE -> "started";
            case RUNNING -> "busy";
            case PAUSED -> "paused";
            case UNKNOWN -> throw unknown();
        };
        return ResponseEntity.accepted().body(new RunJson(name, outcome));
    }

    private static ProblemException unknown() {
        return Problem.notFound("job").asException();
    }
}
