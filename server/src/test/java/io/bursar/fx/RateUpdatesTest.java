package io.bursar.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.Floors;
import io.bursar.fx.RateUpdates.Outcome;
import io.bursar.platform.WorldFailedException;
import io.bursar.shared.Actor;
import io.bursar.shared.MoneyUnit;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source that is good, odd, down and back, minute by minute. */
class RateUpdatesTest {
    private static final MoneyUnit USD = new MoneyUnit("USD", 2);
    private static final MoneyUnit THB = new MoneyUnit("THB", 2);

    private final StubSource source = new StubSource();
    private final Floors floors = Floors.start(
            Map.of(),
            context -> context.registerBean("rateSource", RateSource.class, () -> source),
            "audit",
            "errorlog",
            "fx");
    private final Fx fx = floors.bean(Fx.class);

    @AfterEach
    void stop() {
        floors.close();
    }

    @Test
    void rates_are_kept_with_their_day_and_served() {
        minute();

        assertThat(fx.rate(THB, USD)).isInstanceOfSatisfying(FxAnswer.Rate.class, rate -> {
            assertThat(rate.rate()).isEqualTo("0.028996944603");
            assertThat(rate.asOf()).isEqualTo(source.asOf());
            assertThat(rate.fetchedAt()).isBeforeOrEqualTo(floors.clock().instant());
        });
        assertThat(history("THB")).containsExactly("37.5074000000");
        minute();
        assertThat(history("THB")).as("read again, the same").hasSize(1);
    }

    @Test
    void a_source_that_is_down_is_bridged_for_five_minutes_and_told_once() {
        minute();
        source.down = "The rate source at ecb.example answered HTTP 500 (expected: 200).";

        for (int minutes = 1; minutes <= 4; minutes++) {
            minute();
            assertThat(fx.rate(THB, USD)).isInstanceOf(FxAnswer.Rate.class);
        }
        minute();
        minute();
        assertThat(fx.rate(THB, USD)).isInstanceOf(FxAnswer.Unavailable.class);
        assertThat(fx.rate(USD, USD)).isInstanceOf(FxAnswer.Rate.class);
        assertThat(errors()).containsExactly("fx/ecb " + source.down);

        source.down = null;
        minute();
        assertThat(fx.rate(THB, USD)).isInstanceOf(FxAnswer.Rate.class);
        assertThat(floors.bean(FxStore.class).fetches().failingSince()).isNull();

        source.down = "again";
        minute();
        assertThat(errors()).as("a new spell").hasSize(2);
    }

    @Test
    void what_is_no_rate_leaves_the_good_one_until_that_is_too_old() {
        minute();
        source.rates.put("THB", "375.074");
        minute();

        assertThat(fx.rate(THB, USD))
                .isInstanceOfSatisfying(
                        FxAnswer.Rate.class, rate -> assertThat(rate.rate()).isEqualTo("0.028996944603"));
        assertThat(errors()).singleElement().asString().startsWith("fx/THB It jumped from 37.5074 to 375.074");
        for (int minutes = 0; minutes < 5; minutes++) {
            minute();
        }
        assertThat(fx.rate(THB, USD)).isInstanceOf(FxAnswer.Unavailable.class);
        assertThat(fx.rate(new MoneyUnit("JPY", 0), USD)).isInstanceOf(FxAnswer.Rate.class);
        assertThat(errors()).hasSize(1);

        source.rates.put("THB", "37.6");
        minute();
        assertThat(fx.rate(THB, USD)).isInstanceOf(FxAnswer.Rate.class);
        assertThat(history("THB")).containsExactly("37.5074000000", "37.6000000000");
    }

    @Test
    void a_day_that_lies_too_far_back_is_no_news() {
        source.asOf = source.asOf().minusDays(10);
        Outcome outcome = floors.bean(RateUpdates.class).fetch();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("stale"));
        assertThat(fx.rate(THB, USD)).isEqualTo(new FxAnswer.Unavailable("No rate for THB has been read yet."));
    }

    @Test
    void a_fetch_by_an_operator_is_audited() {
        Outcome outcome = floors.bean(RateUpdates.class).fetchFor(new Actor(Actor.Kind.OPERATOR, "42"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Fetched.class,
                        fetched -> assertThat(fetched.good()).hasSize(27));
        assertThat(floors.sql()
                        .sql("SELECT actor || ' ' || action || ' ' || subject FROM audit.entry")
                        .query(String.class)
                        .list())
                .containsExactly("operator/42 fx.fetched fx/ecb");
    }

    @Test
    void history_cannot_be_changed() {
        minute();

        for (String change : List.of("UPDATE fx.rate SET rate = 1", "DELETE FROM fx.rate", "TRUNCATE fx.rate")) {
            assertThatThrownBy(() -> floors.sql().sql(change).update()).hasMessageContaining("is history");
        }
    }

    private void minute() {
        floors.clock().forward(Duration.ofSeconds(60));
        floors.bean(FetchRates.class).run();
    }

    private List<@Nullable String> history(String currency) {
        return floors.sql()
                .sql("SELECT rate::text FROM fx.rate WHERE currency = :currency ORDER BY first_fetched_at")
                .param("currency", currency)
                .query(String.class)
                .list();
    }

    private List<@Nullable String> errors() {
        return floors.sql()
                .sql("SELECT subject || ' ' || message FROM errorlog.entry ORDER BY sequence")
                .query(String.class)
                .list();
    }

    private final class StubSource implements RateSource {
        private final Map<String, String> rates = new HashMap<>();
        private @Nullable LocalDate asOf;
        private @Nullable String down;

        StubSource() {
            Currencies.quoted().forEach(code -> rates.put(code, "10"));
            rates.putAll(Map.of("USD", "1.0876", "THB", "37.5074", "JPY", "163.14"));
        }

        LocalDate asOf() {
            return Objects.requireNonNullElseGet(
                    asOf,
                    () -> TargetCalendar.lastButOne(
                            LocalDate.ofInstant(floors.clock().instant(), TargetCalendar.ZONE)));
        }

        @Override
        public String name() {
            return "ecb";
        }

        @Override
        public Feed fetch() {
            if (down != null) {
                throw new WorldFailedException("fx_unavailable", true, down, null);
            }
            return new Feed(asOf(), rates);
        }
    }
}
