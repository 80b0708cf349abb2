package io.bursar.inbox;

import io.bursar.inbox.Verdict.Genuine;
import io.bursar.inbox.Verdict.Reason;
import io.bursar.inbox.Verdict.Rejected;
import io.bursar.inbox.Verdict.UnknownAccount;
import io.bursar.inbox.Verdict.Unreachable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider that does not exist, with the kind of signature most have: {@code t=<unix>,v1=<hex>[,v1=<hex>]}. */
@Component
final class Acme implements Provider {
    static final String NAME = "acme";
    static final String SIGNATURE = "acme-signature";
    static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final HmacSha256 KEY = new HmacSha256("only for tests".getBytes(StandardCharsets.UTF_8));
    private static final Pattern TIME = Pattern.compile("t=([0-9]{1,12})");
    private static final Pattern MAC = Pattern.compile("v1=([0-9a-f]{64})");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Clock clock;

    Acme(Clock clock) {
        this.clock = clock;
    }

    static String sign(Instant at, byte[] body) {
        String time = Long.toString(at.getEpochSecond());
        return "t=" + time + ",v1=" + mac(time, body);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> secretHeaders() {
        return Set.of("acme-token");
    }

    @Override
    public Verdict verify(Delivery delivery) {
        if (delivery.account().equals("nobody")) {
            return new UnknownAccount();
        }
        if (delivery.account().equals("away")) {
            return new Unreachable("the certificate could not be fetched");
        }
        @Nullable
        String claimed = read(delivery.body()).map(Genuine::externalId).orElse(null);
        Optional<String> header = delivery.header(SIGNATURE);
        if (header.isEmpty()) {
            return new Rejected(Reason.UNSIGNED, claimed);
        }
        List<String> parts = Arrays.asList(header.get().split(",", -1));
        Optional<String> time =
                parts.stream().flatMap(part -> found(TIME, part)).findFirst();
        List<String> macs = parts.stream().flatMap(part -> found(MAC, part)).toList();
        if (time.isEmpty() || macs.isEmpty()) {
            return new Rejected(Reason.MALFORMED, claimed);
        }
        String expected = mac(time.get(), delivery.body());
        if (macs.stream().noneMatch(given -> HmacSha256.same(expected, given))) {
            return new Rejected(Reason.FORGED, claimed);
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(time.get()));
        if (Duration.between(at, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            return new Rejected(Reason.STALE, claimed);
        }
        return read(delivery.body()).<Verdict>map(event -> event).orElse(new Rejected(Reason.UNREADABLE));
    }

    static Optional<Genuine> read(byte[] body) {
        try {
            JsonNode event = JSON.readTree(body);
            return event.path("id").isString() && event.path("type").isString()
                    ? Optional.of(new Genuine(
                            event.path("id").asString(),
                            event.path("type").asString(),
                            event.path("subject").asString("none")))
                    : Optional.empty();
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private static String mac(String time, byte[] body) {
        return HexFormat.of().formatHex(KEY.sign((time + ".").getBytes(StandardCharsets.UTF_8), body));
    }

    private static Stream<String> found(Pattern pattern, String part) {
        var matcher = pattern.matcher(part);
        return matcher.matches() ? Stream.of(String.valueOf(matcher.group(1))) : Stream.empty();
    }
}
