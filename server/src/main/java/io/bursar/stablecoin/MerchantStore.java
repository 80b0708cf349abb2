package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import io.bursar.stablecoin.evm.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class MerchantStore {
    private static final String SELECT = """
            SELECT m.id, m.partner_id, m.status, p.name, p.email, m.wallet_account, m.wallet_address, m.invited_at,
                   m.accepted_at, m.disabled_at
            FROM stablecoin.merchant m LEFT JOIN stablecoin.merchant_profile p ON p.merchant_id = m.id
            """;

    private final JdbcClient jdbc;

    MerchantStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Merchant and profile in one statement. False when the partner has a merchant with this e-mail; then neither is
     * written.
     */
    boolean insert(MerchantId id, PartnerId partner, String name, String email, Instant at) {
        return jdbc.sql("""
                WITH profile AS (
                  INSERT INTO stablecoin.merchant_profile (merchant_id, partner_id, name, email)
                  VALUES (:id, :partner, :name, :email) ON CONFLICT (partner_id, email) DO NOTHING
                  RETURNING merchant_id, partner_id)
                INSERT INTO stablecoin.merchant (id, partner_id, status, invited_at)
                SELECT merchant_id, partner_id, 'invited', :at FROM profile
                """)
                        .param("id", id.value())
                        .param("partner", partner.value())
                        .param("name", name)
                        .param("email", email)
                        .param("at", Sql.time(at))
                        .update()
                == 1;
    }

    boolean emailTaken(PartnerId partner, String email) {
        return jdbc.sql("""
                SELECT EXISTS (
                  SELECT FROM stablecoin.merchant_profile WHERE partner_id = :partner AND email = :email)
                """)
                .param("partner", partner.value())
                .param("email", email)
                .query(Boolean.class)
                .single();
    }

    /** True when it was invited and nothing else. */
    boolean accept(MerchantId id, int account, Address wallet, Instant at) {
        return jdbc.sql("""
                UPDATE stablecoin.merchant
                SET status = 'accepted', accepted_at = :at, wallet_account = :account, wallet_address = :wallet
                WHERE id = :id AND status = 'invited'
                """)
                        .param("id", id.value())
                        .param("at", Sql.time(at))
                        .param("account", account)
                        .param("wallet", wallet.bytes())
                        .update()
                == 1;
    }

    Optional<Merchant> find(PartnerId partner, MerchantId id) {
        return jdbc.sql(SELECT + " WHERE m.partner_id = :partner AND m.id = :id")
                .param("partner", partner.value())
                .param("id", id.value())
                .query(MerchantStore::merchant)
                .optional();
    }

    /** For operators, who serve all partners, and for links that name nobody but the merchant. */
    Optional<Merchant> findOfAnyPartner(MerchantId id) {
        return jdbc.sql(SELECT + " WHERE m.id = :id")
                .param("id", id.value())
                .query(MerchantStore::merchant)
                .optional();
    }

    List<Merchant> of(PartnerId partner, int limit) {
        return jdbc.sql(SELECT + " WHERE m.partner_id = :partner ORDER BY m.id DESC LIMIT :limit")
                .param("partner", partner.value())
                .param("limit", limit)
                .query(MerchantStore::merchant)
                .list();
    }

    long count(PartnerId partner) {
        return jdbc.sql("SELECT count(*) FROM stablecoin.merchant WHERE partner_id = :partner")
                .param("partner", partner.value())
                .query(Long.class)
                .single();
    }

    Optional<Merchant> byEmail(PartnerId partner, String email) {
        return jdbc.sql(SELECT + " WHERE p.partner_id = :partner AND p.email = :email")
                .param("partner", partner.value())
                .param("email", email)
                .query(MerchantStore::merchant)
                .optional();
    }

    /** By e-mail or a part of the name, of all partners. {@code pattern} is for ILIKE. */
    List<Merchant> matching(String email, String pattern, int limit) {
        return jdbc.sql(SELECT + " WHERE p.email = :email OR p.name ILIKE :pattern ORDER BY m.id DESC LIMIT :limit")
                .param("email", email)
                .param("pattern", pattern)
                .param("limit", limit)
                .query(MerchantStore::merchant)
                .list();
    }

    /** Of all partners. */
    List<Merchant> withEmail(String email) {
        return jdbc.sql(SELECT + " WHERE p.email = :email")
                .param("email", email)
                .query(MerchantStore::merchant)
                .list();
    }

    void eraseProfiles(String email) {
        jdbc.sql("DELETE FROM stablecoin.merchant_profile WHERE email = :email")
                .param("email", email)
                .update();
    }

    Optional<Merchant> byWallet(Address wallet) {
        return jdbc.sql(SELECT + " WHERE m.wallet_address = :wallet")
                .param("wallet", wallet.bytes())
                .query(MerchantStore::merchant)
                .optional();
    }

    private static Merchant merchant(ResultSet row, int number) throws SQLException {
        return new Merchant(
                new MerchantId(row.getObject("id", UUID.class)),
                new PartnerId(row.getObject("partner_id", UUID.class)),
                MerchantStatus.ofWord(row.getString("status")),
                row.getString("name"),
                row.getString("email"),
                row.getObject("wallet_account", Integer.class),
                ChainColumns.addressOrNull(row, "wallet_address"),
                Sql.instant(row, "invited_at"),
                Sql.instantOrNull(row, "accepted_at"),
                Sql.instantOrNull(row, "disabled_at"));
    }
}
