package io.bursar.console;

import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.audit.AuditFilter;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.OperatorView;
import io.bursar.identity.Operators;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** Who did what. */
@ConsolePage
@Access(Principal.Operator.class)
class AuditPage {
    static final String PATH = "/console/audit";
    private static final int CSV_LINES_MAX = 10_000;

    private final Audit audit;
    private final Operators operators;
    private final JsonMapper json;

    AuditPage(Audit audit, Operators operators, JsonMapper json) {
        this.audit = audit;
        this.operators = operators;
        this.json = json;
    }

    @GetMapping(PATH)
    String entries(
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String request,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(required = false) @Nullable String cursor,
            Principal.Operator reader,
            Model model) {
        AuditFilter filter = filter(subject, actor, action, request, from, to);
        Page<AuditEntry> page = audit.entries(filter, cursor, Page.LIMIT_DEFAULT);
        ListLink list = link(PATH, filter);
        model.addAttribute("mayForget", reader.role().includes(Role.ADMIN));
        model.addAttribute("filter", filter);
        model.addAttribute("from", text(filter.from()));
        model.addAttribute("to", text(last(filter)));
        model.addAttribute("narrowed", list.narrowed());
        model.addAttribute("count", audit.count(filter));
        model.addAttribute("lines", page.map(entry -> AuditLine.of(entry, json)).items());
        model.addAttribute("names", names());
        model.addAttribute("next", list.next(page.next()));
        model.addAttribute("csv", link(PATH + ".csv", filter).text());
        return "console/audit";
    }

    @GetMapping(PATH + ".csv")
    void csv(
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String request,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            HttpServletResponse response)
            throws IOException {
        AuditFilter filter = filter(subject, actor, action, request, from, to);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
        Writer lines = response.getWriter();
        lines.write(
                Csv.line("sequence", "at", "actor", "action", "subject", "before", "after", "reason", "request_id"));
        @Nullable String cursor = null;
        int written = 0;
        do {
            Page<AuditEntry> page = audit.entries(filter, cursor, Page.LIMIT_MAX);
            for (AuditEntry entry : page.items()) {
                lines.write(line(entry));
            }
            written += page.items().size();
            cursor = page.next();
        } while (cursor != null && written < CSV_LINES_MAX);
    }

    private static String line(AuditEntry entry) {
        return Csv.line(
                entry.sequence(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.subject(),
                entry.before(),
                entry.after(),
                entry.reason(),
                entry.requestId());
    }

    private Map<String, String> names() {
        return operators.list().stream()
                .collect(Collectors.toMap(operator -> "operator/" + operator.id(), OperatorView::name));
    }

    /** Days are UTC, like every time on the page, and the last one is shown whole. What is no date narrows nothing. */
    private static AuditFilter filter(
            String subject, String actor, String action, String request, String from, String to) {
        return new AuditFilter(
                ListLink.typed(subject),
                ListLink.typed(actor),
                ListLink.typed(action),
                ListLink.typed(request),
                day(from).map(AuditPage::begin).orElse(null),
                day(to).map(last -> begin(last.plusDays(1))).orElse(null));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip())).filter(day -> day.getYear() > 0 && day.getYear() < 9999);
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static @Nullable Instant last(AuditFilter filter) {
        Instant before = filter.before();
        return before == null ? null : before.minus(1, ChronoUnit.DAYS);
    }

    private static @Nullable String text(@Nullable Instant day) {
        return day == null ? null : LocalDate.ofInstant(day, ZoneOffset.UTC).toString();
    }

    private static ListLink link(String path, AuditFilter filter) {
        return ListLink.of(path)
                .with("subject", filter.subject())
                .with("actor", filter.actor())
                .with("action", filter.action())
                .with("request", filter.requestId())
                .with("from", text(filter.from()))
                .with("to", text(last(filter)));
    }
}
