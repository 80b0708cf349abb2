package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.errorlog.ErrorCount;
import io.bursar.errorlog.ErrorEntry;
import io.bursar.errorlog.ErrorLog;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.platform.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What failed: how often each kind did within a day, and the newest cases. */
@ConsolePage
@Access(Principal.Operator.class)
class ErrorsPage {
    static final String PATH = "/console/errors";
    private static final Duration DAY = Duration.ofHours(24);

    private final ErrorLog errors;
    private final Clock clock;

    ErrorsPage(ErrorLog errors, Clock clock) {
        this.errors = errors;
        this.clock = clock;
    }

    /** All of one code within the day. {@code hours} counts those in which it happened. */
    record Group(String code, long count, int hours, Instant lastHour) {
        static Group of(String code, List<ErrorCount> counts) {
            return new Group(
                    code,
                    counts.stream().mapToLong(ErrorCount::count).sum(),
                    counts.size(),
                    counts.stream()
                            .map(ErrorCount::hour)
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
        }
    }

    @GetMapping(PATH)
    String errors(
            @RequestParam(name = "code", defaultValue = "") String typedCode,
            @RequestParam(name = "subject", defaultValue = "") String typedSubject,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        @Nullable String code = ListLink.typed(typedCode);
        @Nullable String subject = ListLink.typed(typedSubject);
        Page<ErrorEntry> page = errors.entries(code, subject, cursor, Page.LIMIT_DEFAULT);
        ListLink list = ListLink.of(PATH).with("code", code).with("subject", subject);
        model.addAttribute("code", code);
        model.addAttribute("subject", subject);
        model.addAttribute("narrowed", list.narrowed());
        model.addAttribute("groups", groups());
        model.addAttribute("count", errors.count(code, subject));
        model.addAttribute("entries", page.items());
        model.addAttribute("next", list.next(page.next()));
        return "console/errors";
    }

    private List<Group> groups() {
        return errors.counts(clock.instant().minus(DAY)).stream()
                .collect(Collectors.groupingBy(ErrorCount::code))
                .entrySet()
                .stream()
                .map((Map.Entry<String, List<ErrorCount>> group) -> Group.of(group.getKey(), group.getValue()))
                .sorted(Comparator.comparingLong(Group::count).reversed().thenComparing(Group::code))
                .toList();
    }
}
