package io.bursar.consolespi;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class UiTest {
    private static final Instant NOW = Instant.parse("2026-11-21T04:02:17Z");
    private final Ui ui = new Ui(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void times_near_are_told_by_their_distance() {
        assertThat(ui.ago(NOW)).isEqualTo("now");
        assertThat(ui.ago(NOW.minusSeconds(12))).isEqualTo("12 s ago");
        assertThat(ui.ago(NOW.minusSeconds(299))).isEqualTo("4 min ago");
        assertThat(ui.ago(NOW.plus(Duration.ofHours(3)))).isEqualTo("in 3 h");
        assertThat(ui.ago(NOW.minus(Duration.ofDays(2)))).isEqualTo("2 d ago");
        assertThat(ui.age(NOW.minusSeconds(60))).isEqualTo("1 min");
    }

    @Test
    void times_far_away_are_told_by_their_date() {
        assertThat(ui.ago(NOW.minus(Duration.ofDays(46)))).isEqualTo("6 Oct 2026");
        assertThat(ui.utc(NOW)).isEqualTo("21 Nov 2026, 04:02:17 UTC");
    }

    @Test
    void spans_are_never_rounded_up() {
        assertThat(ui.span(Duration.ofMillis(350))).isEqualTo("350 ms");
        assertThat(ui.span(Duration.ofMillis(59_999))).isEqualTo("59 s");
        assertThat(ui.span(Duration.ofDays(1200))).isEqualTo("1,200 d");
    }

    @Test
    void long_names_keep_their_ends() {
        assertThat(ui.middle("req_01jdabcdefghjkmnpqrstv8q2k")).isEqualTo("req_01jd…8q2k");
        assertThat(ui.middle("0x41c9b7e05f09ad2041c9b7e05f09ad2041c99ad2")).isEqualTo("0x41c9b7…9ad2");
        assertThat(ui.middle("chain/8453")).isEqualTo("chain/8453");
        assertThat(ui.middle("system/chain-watcher")).isEqualTo("system/chain-watcher");
        assertThat(ui.middle("merchant/01a1fd15-7596-7be7-94c6-c182548ad286/wallet/base-usdc"))
                .isEqualTo("merchant/01a1…d286/wallet/base-usdc");
        assertThat(ui.middle("chain/8453/0x41c9" + "b7".repeat(28) + "9ad2/0/seen"))
                .isEqualTo("chain/8453/0x41c9…9ad2/0/seen");
    }

    @Test
    void amounts_are_grouped_and_never_rounded() {
        assertThat(ui.money(1_200_000_000L, 6)).isEqualTo("1,200.00");
        assertThat(ui.money(1_200_000_001L, 6)).isEqualTo("1,200.000001");
        assertThat(ui.money(-5L, 2)).isEqualTo("-0.05");
        assertThat(ui.money(0L, 6)).isEqualTo("0.00");
        assertThat(ui.money(3912L, 0)).isEqualTo("3,912");
        assertThat(ui.money(Long.MAX_VALUE, 2)).isEqualTo("92,233,720,368,547,758.07");
        assertThat(ui.money(Money.parse("42.5", new MoneyUnit("USDC", 6)))).isEqualTo("42.50 USDC");
        assertThat(ui.money("1200.500000")).isEqualTo("1,200.500000");
        assertThat(ui.money("1200.1234")).isEqualTo("1,200.1234");
    }

    @Test
    void nothing_is_a_dash() {
        assertThat(ui.ago(null)).isEqualTo("–");
        assertThat(ui.utc(null)).isEqualTo("–");
        assertThat(ui.middle(null)).isEqualTo("–");
        assertThat(ui.words(null)).isEqualTo("–");
        assertThat(ui.iso(null)).isNull();
    }

    @Test
    void counts_are_told_with_their_noun() {
        assertThat(ui.plural(1, "payment")).isEqualTo("1 payment");
        assertThat(ui.plural(1284, "payment")).isEqualTo("1,284 payments");
        assertThat(ui.plural(0, "delivery", "deliveries")).isEqualTo("0 deliveries");
    }

    @Test
    void stored_words_become_peoples() {
        assertThat(ui.words("waiting_finality")).isEqualTo("Waiting finality");
        assertThat(ui.tag("verified")).isEqualTo("tag ok");
        assertThat(ui.tag("WRONG_TOKEN")).isEqualTo("tag bad");
        assertThat(ui.tag("anything else")).isEqualTo("tag wait");
    }
}
