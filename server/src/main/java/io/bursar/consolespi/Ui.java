package io.bursar.consolespi;

import io.bursar.shared.Check;
import io.bursar.shared.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How pages word values; templates know it as {@code ui}. Takes null where a page has nothing to show. */
@Component("ui")
public class Ui {
    private static final Pattern UUID_IN_TEXT =
            Pattern.compile("\\b([0-9a-f]{4})[0-9a-f]{4}-(?:[0-9a-f]{4}-){3}[0-9a-f]{8}([0-9a-f]{4})\\b");
    private static final Pattern HASH_IN_TEXT = Pattern.compile("\\b0x([0-9a-f]{4})[0-9a-f]{56}([0-9a-f]{4})\\b");

    private static final String NOTHING = "–";
    private static final int MIDDLE_LENGTH_MIN = 16;
    private static final int DECIMALS_SHOWN_MIN = 2;
    /** From here on a date says more than a distance. */
    private static final Duration RELATIVE_MAX = Duration.ofDays(45);

    private static final DateTimeFormatter DATE = format("d MMM uuuu");
    private static final DateTimeFormatter MOMENT = format("d MMM uuuu, HH:mm:ss 'UTC'");

    private static final Set<String> OK = Set.of(
            "ok",
            "verified",
            "paid",
            "final",
            "delivered",
            "succeeded",
            "posted",
            "active",
            "enabled",
            "accepted",
            "healthy",
            "done",
            "yes");
    private static final Set<String> WARN = Set.of(
            "warn",
            "underpaid",
            "overpaid",
            "late",
            "early",
            "retrying",
            "paused",
            "stale",
            "expired",
            "reorged",
            "unavailable",
            "partly_paid");
    private static final Set<String> BAD = Set.of(
            "bad",
            "failed",
            "rejected",
            "refused",
            "reverted",
            "dead",
            "exhausted",
            "disabled",
            "revoked",
            "error",
            "wrong_recipient",
            "wrong_token",
            "wrong_amount",
            "not_found",
            "tx_already_used");

    private final Clock clock;

    Ui(Clock clock) {
        this.clock = clock;
    }

    /** {@code 12 s ago}, {@code in 4 min}, {@code now}; further away than weeks, the date. */
    public String ago(@Nullable Instant instant) {
        if (instant == null) {
            return NOTHING;
        }
        Duration since = Duration.between(instant, clock.instant());
        if (since.abs().compareTo(RELATIVE_MAX) > 0) {
            return DATE.format(instant);
        }
        if (since.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return "now";
        }
        return since.isNegative() ? "in " + span(since.negated()) : span(since) + " ago";
    }

    /** {@code 12 s}, {@code 4 min}: in a column whose head already says that it is an age. */
    public String age(@Nullable Instant instant) {
        return instant == null
                ? NOTHING
                : span(Duration.between(instant, clock.instant()).abs());
    }

    /** {@code 350 ms}, {@code 12 s}, {@code 4 min}, {@code 3 h}, {@code 2 d}: rounded down to the largest unit. */
    public String span(Duration span) {
        if (span.toDays() > 0) {
            return number(span.toDays()) + " d";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h";
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + " min";
        }
        return span.toSeconds() > 0 ? span.toSeconds() + " s" : span.toMillis() + " ms";
    }

    /** {@code 21 Nov 2026, 04:02:17 UTC}. */
    public String utc(@Nullable Instant instant) {
        return instant == null ? NOTHING : MOMENT.format(instant);
    }

    /** The server's time, by which pages count down. */
    public String now() {
        return clock.instant().toString();
    }

    public @Nullable String iso(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** Hashes, addresses and ids with their middle left out: {@code 0x41c9b7…9ad2}, {@code req_01jd…8q2k}. */
    public String middle(@Nullable String text) {
        if (text == null) {
            return NOTHING;
        }
        if (text.length() < MIDDLE_LENGTH_MIN || text.indexOf('/') > 0) {
            return path(text);
        }
        int prefix = text.startsWith("0x") ? 4 : text.indexOf('_') + 1;
        return text.substring(0, Math.min(prefix, 8) + 4) + "…" + text.substring(text.length() - 4);
    }

    /** Paths and subjects with only their UUIDs and hashes shortened: {@code merchant/01a1…d286/wallet/base-usdc}. */
    public String path(@Nullable String text) {
        if (text == null) {
            return NOTHING;
        }
        var shortened = UUID_IN_TEXT.matcher(text).replaceAll("$1…$2");
        return HASH_IN_TEXT.matcher(shortened).replaceAll("0x$1…$2");
    }

    /** Minor units as people read amounts: grouped, zeros beyond the second decimal left out, nothing rounded. */
    public String money(long minor, int scale) {
        return grouped(BigDecimal.valueOf(minor, scale), Math.min(scale, DECIMALS_SHOWN_MIN));
    }

    /** With its unit: {@code 1,200.00 USDC}. */
    public String money(@Nullable Money money) {
        return money == null
                ? NOTHING
                : money(money.minor(), money.unit().scale()) + " "
                        + money.unit().code();
    }

    /** A plain decimal, grouped, with all the decimals it was given. */
    public String money(@Nullable String decimal) {
        if (decimal == null) {
            return NOTHING;
        }
        BigDecimal value = new BigDecimal(decimal);
        return grouped(value, Math.max(value.scale(), 0));
    }

    public String number(long value) {
        return grouped(BigDecimal.valueOf(value), 0);
    }

    /** {@code 1 payment}, {@code 1,284 payments}. */
    public String plural(long count, String one) {
        return plural(count, one, one + "s");
    }

    public String plural(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    /** A stored word or a constant as people say it: {@code waiting_finality} is {@code Waiting finality}. */
    public String words(@Nullable Object state) {
        String words =
                state == null ? "" : state.toString().replace('_', ' ').strip().toLowerCase(Locale.ROOT);
        return words.isEmpty() ? NOTHING : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The classes of a tag for a usual state: {@code tag ok|warn|bad}, {@code tag wait} for any it does not know. */
    public String tag(@Nullable Object state) {
        String word = state == null ? "" : state.toString().toLowerCase(Locale.ROOT);
        if (OK.contains(word)) {
            return "tag ok";
        }
        if (WARN.contains(word)) {
            return "tag warn";
        }
        return BAD.contains(word) ? "tag bad" : "tag wait";
    }

    private static String grouped(BigDecimal value, int decimalsMin) {
        BigDecimal trimmed = value.stripTrailingZeros();
        BigDecimal shown = trimmed.setScale(Math.max(trimmed.scale(), decimalsMin));
        Check.that(shown.compareTo(value) == 0, "amount: %s (expected: %s)", shown, value);
        return String.format(Locale.ROOT, "%,." + shown.scale() + "f", shown);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
