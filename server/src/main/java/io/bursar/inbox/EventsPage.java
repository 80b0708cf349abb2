package io.bursar.inbox;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.inbox.EventListStore.Raw;
import io.bursar.inbox.RejectionStore.Sample;
import io.bursar.platform.Page;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Events in: what providers told, one event with everything that became of it, and what was turned away. */
@ConsolePage
@RequestMapping(EventsPage.PATH)
class EventsPage {
    static final String PATH = "/console/events";
    private static final int ATTEMPTS_SHOWN_MAX = 100;
    private static final int REJECTIONS_SHOWN_MAX = 20;
    private static final Duration DAY = Duration.ofHours(24);
    private static final List<String> STATES = List.of("waiting", "applied", "ignored", "parked");

    private final EventListStore events;
    private final RejectionStore rejections;
    private final BackfillStore backfills;
    private final KeptHeaders headers;
    private final Inbox inbox;
    private final Clock clock;

    EventsPage(
            EventListStore events,
            RejectionStore rejections,
            BackfillStore backfills,
            KeptHeaders headers,
            Inbox inbox,
            Clock clock) {
        this.events = events;
        this.rejections = rejections;
        this.backfills = backfills;
        this.headers = headers;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** What is typed into the filters, in the address as in the form. */
    record Typed(
            @Nullable String provider,
            @Nullable String account,
            @Nullable String state,
            @Nullable String kind,
            @Nullable String subject) {
        EventFilter filter() {
            return new EventFilter(typed(provider), typed(account), known(typed(state)), typed(kind), typed(subject));
        }

        private static @Nullable String known(@Nullable String state) {
            return state != null && STATES.contains(state) ? state : null;
        }

        private static @Nullable String typed(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }
    }

    @GetMapping
    @Access(Principal.Operator.class)
    String list(
            Typed typed,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer replayed,
            Principal.Operator operator,
            Model model) {
        EventFilter filter = typed.filter();
        Page<EventView> page = events.page(filter, cursor, Page.LIMIT_DEFAULT);
        model.addAttribute("filter", filter);
        model.addAttribute("states", STATES);
        model.addAttribute("count", events.count(filter));
        model.addAttribute("events", page.items());
        model.addAttribute(
                "more",
                page.next() == null
                        ? null
                        : address(filter)
                                .queryParam("cursor", page.next())
                                .encode()
                                .toUriString());
        model.addAttribute("replayed", replayed);
        model.addAttribute("mayReplay", operator.role().includes(Role.SUPPORT));
        model.addAttribute("replayedAtOnceMax", Inbox.REPLAYED_AT_ONCE_MAX);
        model.addAttribute("rejected", rejections.countSince(clock.instant().minus(DAY)));
        model.addAttribute("rejections", rejections.newest(REJECTIONS_SHOWN_MAX));
        model.addAttribute("backfills", backfills.all());
        return "inbox/events";
    }

    @GetMapping("/{id}")
    @Access(Principal.Operator.class)
    String event(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String busy,
            Principal.Operator operator,
            Model model) {
        EventView event = found(id);
        Raw raw = events.raw(event.id());
        model.addAttribute("event", event);
        model.addAttribute("headers", headers.read(raw.headers()));
        model.addAttribute("body", RawText.of(raw.body()));
        model.addAttribute("bytes", raw.body().length);
        model.addAttribute("attempts", events.attempts(event.id(), ATTEMPTS_SHOWN_MAX));
        model.addAttribute("mayReplay", operator.role().includes(Role.SUPPORT));
        model.addAttribute("busy", busy != null);
        return "inbox/event";
    }

    @GetMapping("/rejected/{id}")
    @Access(Principal.Operator.class)
    String rejected(@PathVariable String id, Model model) {
        Sample sample = IdText.parse("rej", id)
                .flatMap(rejections::find)
                .orElseThrow(() -> Problem.notFound("event").asException());
        model.addAttribute("sample", sample);
        model.addAttribute("idText", IdText.of("rej", sample.id()));
        model.addAttribute("headers", headers.readCut(sample.headers()));
        model.addAttribute("body", RawText.of(sample.body()));
        model.addAttribute("cut", sample.bodyBytes() > sample.body().length);
        return "inbox/rejection";
    }

    @PostMapping("/{id}/replays")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String replay(@PathVariable String id, @RequestParam String reason, Principal.Operator operator) {
        EventView event = found(id);
        boolean begun = inbox.replay(event.id(), operator.actor(), given(reason));
        return "redirect:" + PATH + "/" + event.idText() + (begun ? "" : "?busy");
    }

    @PostMapping("/replays")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String replayMany(Typed typed, @RequestParam String reason, Principal.Operator operator) {
        EventFilter filter = typed.filter();
        if (filter.state() == null) {
            throw Problem.field("state", "field_required", "Choose the state of what is to be replayed.")
                    .asException();
        }
        int begun = inbox.replay(filter, operator.actor(), given(reason));
        return "redirect:"
                + address(filter).queryParam("replayed", begun).encode().toUriString();
    }

    private EventView found(String id) {
        return IdText.parse("ine", id)
                .flatMap(events::find)
                .orElseThrow(() -> Problem.notFound("event").asException());
    }

    private static String given(String reason) {
        if (reason.isBlank() || reason.length() > 500) {
            throw Problem.field("reason", "invalid_field", "Give a reason of at most 500 characters.")
                    .asException();
        }
        return reason.strip();
    }

    private static UriComponentsBuilder address(EventFilter filter) {
        return UriComponentsBuilder.fromPath(PATH)
                .queryParamIfPresent("provider", Optional.ofNullable(filter.provider()))
                .queryParamIfPresent("account", Optional.ofNullable(filter.account()))
                .queryParamIfPresent("state", Optional.ofNullable(filter.state()))
                .queryParamIfPresent("kind", Optional.ofNullable(filter.kind()))
                .queryParamIfPresent("subject", Optional.ofNullable(filter.subject()));
    }
}
