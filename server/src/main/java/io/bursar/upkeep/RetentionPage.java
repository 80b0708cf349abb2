package io.bursar.upkeep;

import io.bursar.audit.Audit;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.jobs.Jobs;
import io.bursar.jobs.RunRequest;
import io.bursar.platform.Problem;
import io.bursar.platform.Retention;
import io.bursar.shared.UuidV7;
import io.bursar.upkeep.PurgeStore.LastPurge;
import io.bursar.upkeep.PurgeStore.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is kept for a time only, whether the purge keeps up with it, and purging now. */
@ConsolePage
@RequestMapping(RetentionPage.PATH)
@Access(Principal.Operator.class)
class RetentionPage {
    static final String PATH = "/console/retention";
    private static final int PURGES_SHOWN_MAX = 10;

    private final List<Retention> retentions;
    private final PurgeStore store;
    private final PurgeSettings settings;
    private final Jobs jobs;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    RetentionPage(
            List<Retention> retentions,
            PurgeStore store,
            PurgeSettings settings,
            Jobs jobs,
            Audit audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.retentions = retentions.stream()
                .sorted(Comparator.comparing(Retention::name))
                .toList();
        this.store = store;
        this.settings = settings;
        this.jobs = jobs;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping
    String retention(@RequestParam(required = false) @Nullable String asked, Principal.Operator operator, Model model) {
        List<RetentionView> kinds = kinds();
        model.addAttribute("kinds", kinds);
        model.addAttribute(
                "overdue",
                kinds.stream().mapToLong(kind -> kind.overdue().rows()).sum());
        model.addAttribute("purges", store.newest(PURGES_SHOWN_MAX));
        model.addAttribute("settings", settings);
        model.addAttribute("batchRowsMax", PurgeSettings.BATCH_ROWS_MAX);
        model.addAttribute("mayPurge", operator.role().includes(Role.SUPPORT));
        model.addAttribute("asked", asked);
        return "upkeep/retention";
    }

    @PostMapping("/purges")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String purge(@RequestParam int batchRows, @RequestParam String reason, Principal.Operator operator) {
        if (batchRows < 1 || batchRows > PurgeSettings.BATCH_ROWS_MAX) {
            throw Problem.field("batchRows", "invalid_field", "A batch has 1 to 20,000 rows.")
                    .asException();
        }
        if (reason.isBlank() || reason.length() > 500) {
            throw Problem.field("reason", "invalid_field", "Give a reason of at most 500 characters.")
                    .asException();
        }
        Instant now = clock.instant();
        boolean begun = Objects.requireNonNull(transactions.execute(status -> {
            boolean fresh = store.request(UuidV7.at(now), operator.actor().text(), batchRows, now);
            if (fresh) {
                audit.record(
                        operator.actor(),
                        "purge.requested",
                        "job/" + PurgeExpired.NAME,
                        Map.of(),
                        Map.of("batchRows", batchRows),
                        reason.strip());
            }
            return fresh;
        }));
        if (!begun) {
            return "redirect:" + PATH + "?asked=waiting";
        }
        return "redirect:" + PATH + (jobs.runNow(PurgeExpired.NAME) == RunRequest.DUE ? "?asked=now" : "?asked=next");
    }

    private List<RetentionView> kinds() {
        Instant now = clock.instant();
        Map<String, LastPurge> last = store.last();
        return retentions.stream()
                .map(retention -> view(retention, now, last.get(retention.name())))
                .toList();
    }

    private RetentionView view(Retention retention, Instant now, @Nullable LastPurge last) {
        List<Size> sizes = retention.tables().stream().map(store::size).toList();
        return new RetentionView(
                retention.name(),
                retention.what(),
                retention.tables(),
                retention.kept(),
                sizes.getFirst().rowsAbout(),
                sizes.stream().mapToLong(Size::bytes).sum(),
                retention.past().count(now.minus(retention.kept())),
                last);
    }
}
