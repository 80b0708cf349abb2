package io.bursar.stablecoin;

import io.bursar.ledger.BookId;
import io.bursar.platform.Sql;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.Finality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PartnerStore {
    private static final String SELECT = """
            SELECT id, name, slug, chain_id, asset, display_currency, display_scale, min_fiat_minor, tier, brand_color,
                   book, created_at
            FROM stablecoin.partner
            """;

    private final JdbcClient jdbc;

    PartnerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the slug is taken. */
    boolean insert(Partner partner) {
        return jdbc.sql("""
                INSERT INTO stablecoin.partner (
                  id, name, slug, chain_id, asset, display_currency, display_scale, min_fiat_minor, tier, brand_color,
                  book, created_at)
                VALUES (:id, :name, :slug, :chain, :asset, :currency, :scale, :minimum, :tier, :color, :book,
                  :createdAt)
                ON CONFLICT (slug) DO NOTHING
                """)
                        .param("id", partner.id().value())
                        .param("name", partner.name())
                        .param("slug", partner.slug())
                        .param("chain", partner.chainId())
                        .param("asset", partner.asset().name())
                        .param("currency", partner.displayUnit().code())
                        .param("scale", partner.displayUnit().scale())
                        .param("minimum", partner.minFiatPerRequest().minor())
                        .param("tier", partner.tier().name())
                        .param("color", partner.brandColor())
                        .param("book", partner.book().value())
                        .param("createdAt", Sql.time(partner.createdAt()))
                        .update()
                == 1;
    }

    Optional<Partner> find(PartnerId id) {
        return jdbc.sql(SELECT + " WHERE id = :id")
                .param("id", id.value())
                .query(PartnerStore::partner)
                .optional();
    }

    /** Of two operators at once each sees what the other left. */
    Optional<Partner> bySlug(String slug) {
        return jdbc.sql(SELECT + " WHERE slug = :slug")
                .param("slug", slug)
                .query(PartnerStore::partner)
                .optional();
    }

    Optional<Partner> lock(PartnerId id) {
        return jdbc.sql(SELECT + " WHERE id = :id FOR NO KEY UPDATE")
                .param("id", id.value())
                .query(PartnerStore::partner)
                .optional();
    }

    void changeTier(PartnerId id, Finality tier) {
        jdbc.sql("UPDATE stablecoin.partner SET tier = :tier WHERE id = :id")
                .param("tier", tier.name())
                .param("id", id.value())
                .update();
    }

    boolean slugTaken(String slug) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM stablecoin.partner WHERE slug = :slug)")
                .param("slug", slug)
                .query(Boolean.class)
                .single();
    }

    List<Partner> list(int limit) {
        return jdbc.sql(SELECT + " ORDER BY lower(name), id LIMIT :limit")
                .param("limit", limit)
                .query(PartnerStore::partner)
                .list();
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM stablecoin.partner")
                .query(Long.class)
                .single();
    }

    /** By a part of the name or slug; {@code pattern} is for ILIKE. */
    List<Partner> matching(String pattern, int limit) {
        return jdbc.sql(SELECT + " WHERE name ILIKE :pattern OR slug ILIKE :pattern ORDER BY lower(name) LIMIT :limit")
                .param("pattern", pattern)
                .param("limit", limit)
                .query(PartnerStore::partner)
                .list();
    }

    private static Partner partner(ResultSet row, int number) throws SQLException {
        return new Partner(
                new PartnerId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("slug"),
                row.getLong("chain_id"),
                Asset.valueOf(row.getString("asset")),
                new Money(
                        row.getLong("min_fiat_minor"),
                        new MoneyUnit(row.getString("display_currency"), row.getInt("display_scale"))),
                Finality.valueOf(row.getString("tier")),
                row.getString("brand_color"),
                new BookId(row.getObject("book", UUID.class)),
                Sql.instant(row, "created_at"));
    }
}
