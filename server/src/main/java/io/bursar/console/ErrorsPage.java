package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.errorlog.ErrorCount;
import io.bursar.errorlog.ErrorEntry;
import io.bursar.errorlog.ErrorFilter;
import io.bursar.errorlog.ErrorLog;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.platform.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What failed: how often each code does and whether that is usual, its kinds, and the newest cases. */
@ConsolePage
@Access(Principal.Operator.class)
class ErrorsPage {
    static final String PATH = "/console/errors";
    private static final Duration KINDS_AGE_MAX = Duration.ofDays(7);

    private final ErrorLog errors;
    private final Clock clock;

    ErrorsPage(ErrorLog errors, Clock clock) {
        this.errors = errors;
        this.clock = clock;
    }

    @GetMapping(PATH)
    String errors(
            @RequestParam(name = "code", defaultValue = "") String code,
            @RequestParam(name = "subject", defaultValue = "") String subject,
            @RequestParam(name = "request", defaultValue = "") String request,
            @RequestParam(name = "kind", defaultValue = "") String kind,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        ErrorFilter filter = new ErrorFilter(
                ListLink.typed(code), ListLink.typed(subject), ListLink.typed(request), ListLink.typed(kind));
        Page<ErrorEntry> page = errors.entries(filter, cursor, Page.LIMIT_DEFAULT);
        ListLink list = ListLink.of(PATH)
                .with("code", filter.code())
                .with("subject", filter.subject())
                .with("request", filter.requestId())
                .with("kind", filter.fingerprint());
        Instant now = clock.instant();
        model.addAttribute("filter", filter);
        model.addAttribute("narrowed", list.narrowed());
        model.addAttribute("rates", rates(now));
        String ofCode = filter.code();
        model.addAttribute("kinds", ofCode == null ? List.of() : errors.kinds(ofCode, now.minus(KINDS_AGE_MAX)));
        model.addAttribute("count", errors.count(filter));
        model.addAttribute("entries", page.items());
        model.addAttribute("next", list.next(page.next()));
        return "console/errors";
    }

    /** Of the codes that happened within a day, those that happen more than usual first. */
    private List<ErrorRate> rates(Instant now) {
        return errors.counts(now.minus(ErrorRate.COMPARED)).stream()
                .collect(Collectors.groupingBy(ErrorCount::code))
                .entrySet()
                .stream()
                .map(code -> ErrorRate.of(code.getKey(), code.getValue(), now))
                .filter(rate -> rate.ofDay() > 0)
                .sorted(Comparator.comparing(ErrorRate::isUnusual)
                        .thenComparingLong(ErrorRate::ofDay)
                        .reversed()
                        .thenComparing(ErrorRate::code))
                .toList();
    }
}
