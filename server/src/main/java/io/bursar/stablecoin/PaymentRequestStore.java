package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.Finality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Payment requests as rows. Lists for people are in {@code PaymentListStore}. */
@Component
class PaymentRequestStore {
    private static final String COLUMNS = """
            id, partner_id, merchant_id, reference, fiat_currency, fiat_scale, fiat_minor, asset, chain_id, token,
            asset_minor, rate, rate_source, rate_as_of, rate_fetched_at, deposit_address, address_index, created_at,
            expires_at, proof_status, proof_tx, proof_finding, proof_updated_at, verified_at, overpaid_minor,
            proof_tier
            """;

    private final JdbcClient jdbc;

    PaymentRequestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A number no deposit address had before, nor ever will again. */
    int nextAddressIndex() {
        return jdbc.sql("SELECT nextval('stablecoin.deposit_index')")
                .query(Integer.class)
                .single();
    }

    void insert(PaymentRequest request) {
        jdbc.sql("""
                INSERT INTO stablecoin.payment_request (
                  id, partner_id, merchant_id, reference, fiat_currency, fiat_scale, fiat_minor, asset, chain_id, token,
                  asset_minor, rate, rate_source, rate_as_of, rate_fetched_at, deposit_address, address_index,
                  created_at, expires_at)
                VALUES (
                  :id, :partner, :merchant, :reference, :fiatCurrency, :fiatScale, :fiatMinor, :asset, :chain, :token,
                  :assetMinor, :rate, :rateSource, :rateAsOf, :rateFetchedAt, :address, :index, :createdAt, :expiresAt)
                """)
                .param("id", request.id().value())
                .param("partner", request.partnerId().value())
                .param("merchant", request.merchantId().value())
                .param("reference", request.reference())
                .param("fiatCurrency", request.fiat().unit().code())
                .param("fiatScale", request.fiat().unit().scale())
                .param("fiatMinor", request.fiat().minor())
                .param("asset", request.asset().name())
                .param("chain", request.chainId())
                .param("token", request.token().bytes())
                .param("assetMinor", request.due().minor())
                .param("rate", request.rate().rate())
                .param("rateSource", request.rate().source())
                .param("rateAsOf", request.rate().asOf())
                .param("rateFetchedAt", Sql.time(request.rate().fetchedAt()))
                .param("address", request.depositAddress().bytes())
                .param("index", request.addressIndex())
                .param("createdAt", Sql.time(request.createdAt()))
                .param("expiresAt", Sql.time(request.expiresAt()))
                .update();
    }

    Optional<PaymentRequest> find(PartnerId partner, PaymentRequestId id) {
        return jdbc.sql("SELECT " + COLUMNS + """
                FROM stablecoin.payment_request WHERE partner_id = :partner AND id = :id
                """)
                .param("partner", partner.value())
                .param("id", id.value())
                .query(PaymentRequestStore::request)
                .optional();
    }

    /** Whoever's it is: for the chain's watcher, the pay page and the console, which serve no one partner. */
    Optional<PaymentRequest> findOfAnyPartner(PaymentRequestId id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM stablecoin.payment_request WHERE id = :id")
                .param("id", id.value())
                .query(PaymentRequestStore::request)
                .optional();
    }

    /** The requests that own these deposit addresses, in no order. */
    List<PaymentRequest> byDepositAddress(long chainId, Collection<Address> addresses) {
        if (addresses.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT " + COLUMNS + """
                FROM stablecoin.payment_request WHERE chain_id = :chain AND deposit_address = ANY (:addresses)
                """)
                .param("chain", chainId)
                .param("addresses", addresses.stream().map(Address::bytes).toArray(byte[][]::new))
                .query(PaymentRequestStore::request)
                .list();
    }

    /**
     * Deposit addresses of a chain in the order they were numbered, all of them for ever.
     *
     * @param afterIndex the last address index seen; 0 begins
     */
    List<Watched> watched(long chainId, int afterIndex, int limit) {
        return jdbc.sql("""
                SELECT id, address_index, deposit_address FROM stablecoin.payment_request
                WHERE chain_id = :chain AND address_index > :after ORDER BY address_index LIMIT :limit
                """)
                .param("chain", chainId)
                .param("after", afterIndex)
                .param("limit", limit)
                .query((row, number) -> new Watched(
                        new PaymentRequestId(row.getObject("id", UUID.class)),
                        row.getInt("address_index"),
                        ChainColumns.address(row, "deposit_address")))
                .list();
    }

    record Watched(PaymentRequestId request, int addressIndex, Address address) {}

    private static @Nullable Finality tierOrNull(ResultSet row) throws SQLException {
        String tier = row.getString("proof_tier");
        return tier == null ? null : Finality.valueOf(tier);
    }

    static PaymentRequest request(ResultSet row, int number) throws SQLException {
        Asset asset = Asset.valueOf(row.getString("asset"));
        return new PaymentRequest(
                new PaymentRequestId(row.getObject("id", UUID.class)),
                new PartnerId(row.getObject("partner_id", UUID.class)),
                new MerchantId(row.getObject("merchant_id", UUID.class)),
                row.getString("reference"),
                new Money(
                        row.getLong("fiat_minor"),
                        new MoneyUnit(row.getString("fiat_currency"), row.getInt("fiat_scale"))),
                new Money(row.getLong("asset_minor"), AssetUnits.unit(asset)),
                asset,
                row.getLong("chain_id"),
                ChainColumns.address(row, "token"),
                new LockedRate(
                        row.getBigDecimal("rate"),
                        row.getString("rate_source"),
                        row.getObject("rate_as_of", LocalDate.class),
                        Sql.instant(row, "rate_fetched_at")),
                ChainColumns.address(row, "deposit_address"),
                row.getInt("address_index"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"),
                new Proof(
                        ProofStatus.ofWord(row.getString("proof_status")),
                        ChainColumns.txHashOrNull(row, "proof_tx"),
                        row.getString("proof_finding"),
                        Sql.instantOrNull(row, "proof_updated_at"),
                        Sql.instantOrNull(row, "verified_at"),
                        row.getLong("overpaid_minor"),
                        tierOrNull(row)));
    }
}
