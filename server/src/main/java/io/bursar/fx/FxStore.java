package io.bursar.fx;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class FxStore {
    private final JdbcClient jdbc;

    FxStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How fetching goes. */
    record Fetches(
            @Nullable Instant attemptedAt,
            @Nullable Instant succeededAt,
            @Nullable Instant failingSince,
            @Nullable String failure) {}

    record Refusal(String currency, String reason, Instant since) {}

    Map<String, Quote> quotes() {
        Map<String, Quote> quotes = new LinkedHashMap<>();
        jdbc.sql("SELECT currency, rate, as_of, source, fetched_at FROM fx.quote ORDER BY currency")
                .query((row, index) -> quote(row))
                .list()
                .forEach(quote -> quotes.put(quote.currency(), quote));
        return quotes;
    }

    Map<String, Refusal> refusals() {
        Map<String, Refusal> refusals = new LinkedHashMap<>();
        jdbc.sql("SELECT currency, reason, since FROM fx.refusal ORDER BY currency")
                .query((row, index) ->
                        new Refusal(row.getString("currency"), row.getString("reason"), Sql.instant(row, "since")))
                .list()
                .forEach(refusal -> refusals.put(refusal.currency(), refusal));
        return refusals;
    }

    Fetches fetches() {
        return jdbc.sql("SELECT attempted_at, succeeded_at, failing_since, failure FROM fx.fetch")
                .query((row, index) -> fetches(row))
                .single();
    }

    /** Two nodes that fetch at once take turns from here to the end of their transactions. */
    Fetches lockFetches() {
        return jdbc.sql("SELECT attempted_at, succeeded_at, failing_since, failure FROM fx.fetch FOR UPDATE")
                .query((row, index) -> fetches(row))
                .single();
    }

    void fetched(Instant now) {
        jdbc.sql("""
                UPDATE fx.fetch
                SET attempted_at = :now, succeeded_at = :now, failing_since = NULL, failure = NULL
                """).param("now", Sql.time(now)).update();
    }

    void fetchFailed(Instant now, String reason) {
        jdbc.sql("""
                UPDATE fx.fetch
                SET attempted_at = :now, failing_since = coalesce(failing_since, :now), failure = :reason
                """).param("now", Sql.time(now)).param("reason", reason).update();
    }

    void keep(Quote quote) {
        jdbc.sql("""
                INSERT INTO fx.rate (currency, as_of, rate, source, first_fetched_at)
                VALUES (:currency, :asOf, :rate, :source, :fetchedAt)
                ON CONFLICT DO NOTHING
                """).params(values(quote)).update();
        jdbc.sql("""
                INSERT INTO fx.quote (currency, as_of, rate, source, fetched_at)
                VALUES (:currency, :asOf, :rate, :source, :fetchedAt)
                ON CONFLICT (currency) DO UPDATE SET
                  as_of = excluded.as_of, rate = excluded.rate, source = excluded.source,
                  fetched_at = excluded.fetched_at
                """).params(values(quote)).update();
        jdbc.sql("DELETE FROM fx.refusal WHERE currency = :currency")
                .param("currency", quote.currency())
                .update();
    }

    void refuse(String currency, String reason, Instant now) {
        jdbc.sql("""
                INSERT INTO fx.refusal (currency, reason, since) VALUES (:currency, :reason, :now)
                ON CONFLICT (currency) DO UPDATE SET reason = excluded.reason
                """)
                .param("currency", currency)
                .param("reason", reason)
                .param("now", Sql.time(now))
                .update();
    }

    private static Map<String, Object> values(Quote quote) {
        return Map.of(
                "currency", quote.currency(),
                "asOf", quote.asOf(),
                "rate", quote.rate(),
                "source", quote.source(),
                "fetchedAt", Sql.time(quote.fetchedAt()));
    }

    private static Quote quote(ResultSet row) throws SQLException {
        return new Quote(
                row.getString("currency"),
                row.getBigDecimal("rate"),
                row.getObject("as_of", LocalDate.class),
                row.getString("source"),
                Sql.instant(row, "fetched_at"));
    }

    private static Fetches fetches(ResultSet row) throws SQLException {
        return new Fetches(
                Sql.instantOrNull(row, "attempted_at"),
                Sql.instantOrNull(row, "succeeded_at"),
                Sql.instantOrNull(row, "failing_since"),
                row.getString("failure"));
    }
}
