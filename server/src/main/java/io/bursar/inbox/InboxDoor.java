package io.bursar.inbox;

import io.bursar.identity.Access;
import io.bursar.identity.ClientAddress;
import io.bursar.identity.Principal;
import io.bursar.identity.RateLimits;
import io.bursar.inbox.NewEvent.Source;
import io.bursar.inbox.Verdict.Genuine;
import io.bursar.inbox.Verdict.Reason;
import io.bursar.inbox.Verdict.Rejected;
import io.bursar.inbox.Verdict.UnknownAccount;
import io.bursar.inbox.Verdict.Unreachable;
import io.bursar.platform.Problem;
import io.bursar.platform.ProblemException;
import io.bursar.shared.Check;
import io.bursar.shared.UuidV7;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where providers post their events. An event is acknowledged when it is on disk, and applied after. */
@RestController
@Access(Principal.Public.class)
class InboxDoor {
    static final String PATH = "/api/webhooks/";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9._~-]{1,100}");
    private static final int UNREACHABLE_RETRY_SECONDS = 30;
    /** From one address; what is turned away beyond that leaves no trace but a count. */
    static final int REJECTED_PER_MINUTE_MAX = 300;

    private final Map<String, Provider> providers;
    private final Bodies bodies;
    private final Intake intake;
    private final Rejections rejections;
    private final KeptHeaders keptHeaders;
    private final RateLimits limits;
    private final ClientAddress addresses;
    private final Clock clock;

    InboxDoor(
            ObjectProvider<Provider> providers,
            Bodies bodies,
            Intake intake,
            Rejections rejections,
            KeptHeaders keptHeaders,
            RateLimits limits,
            ClientAddress addresses,
            Clock clock) {
        this.providers = providers.stream().collect(Collectors.toMap(Provider::name, Function.identity()));
        this.providers
                .keySet()
                .forEach(name -> Check.argument(
                        NAME.matcher(name).matches(), "provider: %s (expected: kebab case, at most 40)", name));
        this.bodies = bodies;
        this.intake = intake;
        this.rejections = rejections;
        this.keptHeaders = keptHeaders;
        this.limits = limits;
        this.addresses = addresses;
        this.clock = clock;
    }

    record Answer(String status) {}

    @PostMapping(PATH + "{provider}")
    Answer take(@PathVariable String provider, HttpServletRequest request) throws IOException {
        return take(provider, Delivery.ACCOUNT_DEFAULT, request);
    }

    @PostMapping(PATH + "{provider}/{account}")
    Answer take(@PathVariable String provider, @PathVariable String account, HttpServletRequest request)
            throws IOException {
        Provider from = providers.get(provider);
        if (from == null || !ACCOUNT.matcher(account).matches()) {
            throw unknown();
        }
        try (Bodies.Room room = bodies.room()) {
            byte[] body = room.read(request.getInputStream());
            String query = Optional.ofNullable(request.getQueryString()).orElse("");
            return take(from, new Delivery(account, query, KeptHeaders.of(request), body), request);
        }
    }

    private Answer take(Provider provider, Delivery delivery, HttpServletRequest request) {
        return switch (provider.verify(delivery)) {
            case UnknownAccount _ -> throw unknown();
            case Unreachable _ ->
                throw Problem.unavailable(
                                "verifier_unavailable",
                                "The signature cannot be checked right now. Send it again.",
                                UNREACHABLE_RETRY_SECONDS)
                        .asException();
            case Rejected rejected -> throw rejected(provider, delivery, rejected, request);
            case Genuine genuine
            when !genuine.named() -> throw rejected(provider, delivery, new Rejected(Reason.UNREADABLE), request);
            case Genuine genuine -> kept(provider, delivery, genuine);
        };
    }

    private Answer kept(Provider provider, Delivery delivery, Genuine genuine) {
        Instant now = clock.instant();
        Receipt receipt = intake.keep(new NewEvent(
                UuidV7.at(now),
                provider.name(),
                delivery.account(),
                genuine,
                Source.SIGNED,
                keptHeaders.write(delivery.headers(), provider.secretHeaders()),
                delivery.body(),
                now));
        return switch (receipt) {
            case Receipt.Kept _ -> new Answer("kept");
            case Receipt.Duplicate _ -> new Answer("duplicate");
            case Receipt.Busy _ -> throw Bodies.full().asException();
        };
    }

    /**
     * What exactly was wrong is for the console: whoever signs wrongly on purpose learns nothing. A flood costs little,
     * since it is soon answered without being written down; only what is rejected is counted, so that a flood from
     * behind the same proxy never turns a genuine event away.
     */
    private ProblemException rejected(
            Provider provider, Delivery delivery, Rejected rejected, HttpServletRequest request) {
        limits.take("webhook-rejected", addresses.of(request), REJECTED_PER_MINUTE_MAX);
        rejections.record(provider, delivery, rejected);
        return rejected.reason() == Reason.UNREADABLE
                ? Problem.of(rejected.reason().status(), "event_unreadable", "The event could not be read.")
                        .asException()
                : Problem.of(rejected.reason().status(), "signature_rejected", "The signature was not accepted.")
                        .asException();
    }

    private static ProblemException unknown() {
        return Problem.notFound("address for events").asException();
    }
}
