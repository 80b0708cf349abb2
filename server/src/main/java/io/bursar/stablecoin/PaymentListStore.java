package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import io.bursar.shared.Money;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.TxHash;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads payment requests for lists and figures. */
@Component
class PaymentListStore {
    /** {@link PaymentStatus#of} in SQL. */
    private static final String STATUS = """
            CASE r.proof_status
              WHEN 'verified' THEN 'verified'
              WHEN 'attached' THEN
                CASE WHEN r.proof_finding IN ('in_mempool', 'waiting_finality') THEN 'seen'
                  WHEN r.proof_finding = 'reversed' THEN 'reversed' ELSE 'checking' END
              WHEN 'failed' THEN
                CASE r.proof_finding
                  WHEN 'wrong_amount' THEN 'underpaid' WHEN 'late' THEN 'late' WHEN 'early' THEN 'early'
                  WHEN 'reversed' THEN 'reversed' ELSE 'failed' END
              ELSE CASE WHEN r.expires_at > :now THEN 'waiting' ELSE 'expired' END
            END
            """;

    private static final String FROM = """
            FROM stablecoin.payment_request r
            JOIN stablecoin.partner p ON p.id = r.partner_id
            LEFT JOIN stablecoin.merchant_profile m ON m.merchant_id = r.merchant_id
            WHERE (CAST(:partner AS uuid) IS NULL OR r.partner_id = :partner)
              AND (CAST(:merchant AS uuid) IS NULL OR r.merchant_id = :merchant)
              AND (CAST(:status AS text) IS NULL OR :status =
            """ + STATUS + """
              )
              AND (CAST(:query AS text) IS NULL
                   OR r.id = CAST(:queryId AS uuid) OR r.proof_tx = CAST(:queryTx AS bytea)
                   OR r.deposit_address = CAST(:queryAddress AS bytea)
                   OR r.reference = :query OR m.email = lower(:query) OR m.name ILIKE :pattern)
            """;

    private final JdbcClient jdbc;

    PaymentListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first, from after the id {@code after}. */
    List<PaymentLine> list(PaymentFilter filter, @Nullable UUID after, int limit, Instant now) {
        return bound("SELECT r.*, p.name AS partner_name, m.name AS merchant_name " + FROM + """
                  AND (CAST(:after AS uuid) IS NULL OR r.id < :after)
                ORDER BY r.id DESC LIMIT :limit
                """, filter, now)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, number) -> {
                    PaymentRequest request = PaymentRequestStore.request(row, number);
                    return new PaymentLine(
                            request,
                            PaymentStatus.of(request, now),
                            row.getString("partner_name"),
                            row.getString("merchant_name"));
                })
                .list();
    }

    long count(PaymentFilter filter, Instant now) {
        return bound("SELECT count(*) " + FROM, filter, now).query(Long.class).single();
    }

    /** What was asked for and verified since, by asset; a sum above a long is refused. */
    List<Money> received(Instant since) {
        return jdbc.sql("""
                SELECT asset, sum(asset_minor + overpaid_minor) AS minor
                FROM stablecoin.payment_request WHERE verified_at > :since GROUP BY asset ORDER BY asset DESC
                """)
                .param("since", Sql.time(since))
                .query((row, number) -> new Money(
                        row.getBigDecimal("minor").longValueExact(),
                        AssetUnits.unit(Asset.valueOf(row.getString("asset")))))
                .list();
    }

    long verified(Instant since) {
        return jdbc.sql("SELECT count(*) FROM stablecoin.payment_request WHERE verified_at > :since")
                .param("since", Sql.time(since))
                .query(Long.class)
                .single();
    }

    private JdbcClient.StatementSpec bound(String sql, PaymentFilter filter, Instant now) {
        Optional<String> query = Optional.ofNullable(filter.query());
        return jdbc.sql(sql)
                .param("now", Sql.time(now))
                .param(
                        "partner",
                        filter.partner() == null ? null : filter.partner().value(),
                        Types.OTHER)
                .param(
                        "merchant",
                        filter.merchant() == null ? null : filter.merchant().value(),
                        Types.OTHER)
                .param(
                        "status",
                        filter.status() == null ? null : filter.status().word(),
                        Types.VARCHAR)
                .param("query", query.orElse(null), Types.VARCHAR)
                .param("pattern", query.map(LikePattern::containing).orElse(null), Types.VARCHAR)
                .param(
                        "queryId",
                        query.flatMap(PaymentRequestId::parse)
                                .map(PaymentRequestId::value)
                                .orElse(null),
                        Types.OTHER)
                .param(
                        "queryTx",
                        query.flatMap(TxHash::parse).map(ChainColumns::bytes).orElse(null),
                        Types.BINARY)
                .param(
                        "queryAddress",
                        query.flatMap(Address::parse).map(Address::bytes).orElse(null),
                        Types.BINARY);
    }
}
