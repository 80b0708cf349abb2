package io.bursar.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossRateTest {
    private static final Instant NOW = Instant.parse("2026-03-03T10:00:00Z");
    private static final Duration STALE_AFTER = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({
        "EUR, USD, 1.087600000000", // as the source has it
        "USD, EUR, 0.919455682236", // 1 / 1.0876
        "THB, USD, 0.028996944603", // 1.0876 / 37.5074
        "JPY, USD, 0.006666666667", // 1.0876 / 163.14, rounded once at the end
        "KRW, EUR, 0.000672494956",
        "USD, USD, 1",
        "EUR, EUR, 1"
    })
    void rates_cross_by_the_euro_and_round_once(String fiat, String pegged, BigDecimal expected) {
        FxAnswer answer = decide(fiat, pegged, NOW, 0, LocalDate.parse("2026-03-02"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        FxAnswer.Rate.class, rate -> assertThat(rate.rate()).isEqualTo(expected));
    }

    @Test
    void a_half_goes_to_the_even_neighbour() {
        Map<String, Quote> quotes = new HashMap<>(quotes(0, LocalDate.parse("2026-03-02")));
        quotes.put("USD", quote("USD", "0.0000000005", 0, LocalDate.parse("2026-03-02")));
        quotes.put("THB", quote("THB", "200", 0, LocalDate.parse("2026-03-02")));

        assertThat(CrossRate.decide("THB", "USD", quotes, NOW, STALE_AFTER))
                .isInstanceOfSatisfying(
                        FxAnswer.Rate.class, rate -> assertThat(rate.rate()).isEqualTo("0.000000000002"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2026-03-03, served",
        "299, 2026-03-02, served",
        "300, 2026-03-02, served",
        "301, 2026-03-02, seconds ago",
        "86400, 2026-03-02, seconds ago",
        "0, 2026-02-27, too old"
    })
    void a_rate_lasts_five_minutes_after_its_last_good_fetch(int age, LocalDate asOf, String expected) {
        String told = switch (decide("THB", "USD", NOW, age, asOf)) {
            case FxAnswer.Rate rate -> "served";
            case FxAnswer.Unavailable unavailable -> unavailable.reason();
        };

        assertThat(told).contains(expected);
    }

    @Test
    void parity_needs_no_source() {
        assertThat(CrossRate.decide("USD", "USD", Map.of(), NOW, STALE_AFTER))
                .isEqualTo(new FxAnswer.Rate(BigDecimal.ONE, "parity", LocalDate.parse("2026-03-03"), NOW));
        assertThat(CrossRate.decide("EUR", "EUR", Map.of(), NOW, STALE_AFTER)).isInstanceOf(FxAnswer.Rate.class);
        assertThat(CrossRate.decide("EUR", "USD", Map.of(), NOW, STALE_AFTER))
                .isEqualTo(new FxAnswer.Unavailable("No rate for USD has been read yet."));
    }

    @Test
    void what_is_not_supported_has_no_rate() {
        assertThat(CrossRate.decide("ISK", "USD", quotes(0, LocalDate.parse("2026-03-02")), NOW, STALE_AFTER))
                .isEqualTo(new FxAnswer.Unavailable("ISK is not one of the supported currencies."));
    }

    @Test
    void a_crossed_rate_is_as_old_as_its_older_half() {
        Map<String, Quote> quotes = Map.of(
                "USD", quote("USD", "1.0876", 200, LocalDate.parse("2026-03-02")),
                "THB", quote("THB", "37.5074", 10, LocalDate.parse("2026-03-03")));

        assertThat(CrossRate.decide("THB", "USD", quotes, NOW, STALE_AFTER))
                .isInstanceOfSatisfying(FxAnswer.Rate.class, rate -> {
                    assertThat(rate.asOf()).isEqualTo("2026-03-02");
                    assertThat(rate.fetchedAt()).isEqualTo(NOW.minusSeconds(200));
                    assertThat(rate.source()).isEqualTo("ecb");
                });
    }

    @Test
    void there_are_28_currencies_and_each_has_its_scale() {
        assertThat(Currencies.ALL).hasSize(28).doesNotHaveDuplicates();
        assertThat(Currencies.ALL.stream().filter(unit -> unit.scale() == 0).map(Object::toString))
                .containsExactly("JPY/0", "KRW/0");
        assertThat(Currencies.find("ISK")).isEmpty();
        assertThat(Currencies.find("IDR")).isEmpty();
        assertThat(Currencies.quoted()).hasSize(27).contains("USD").doesNotContain("EUR");
    }

    private static FxAnswer decide(String fiat, String pegged, Instant now, int ageSeconds, LocalDate asOf) {
        return CrossRate.decide(fiat, pegged, quotes(ageSeconds, asOf), now, STALE_AFTER);
    }

    private static Map<String, Quote> quotes(int ageSeconds, LocalDate asOf) {
        return Map.of(
                "USD", quote("USD", "1.0876", ageSeconds, asOf),
                "THB", quote("THB", "37.5074", ageSeconds, asOf),
                "JPY", quote("JPY", "163.14", ageSeconds, asOf),
                "KRW", quote("KRW", "1487", ageSeconds, asOf));
    }

    private static Quote quote(String currency, String rate, int ageSeconds, LocalDate asOf) {
        return new Quote(currency, new BigDecimal(rate), asOf, "ecb", NOW.minusSeconds(ageSeconds));
    }
}
