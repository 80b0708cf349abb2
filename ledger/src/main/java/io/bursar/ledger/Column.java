package io.bursar.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * A column of the rows that one statement writes: its name, its type and what a row has in it. The same bytes go into
 * an array that a statement takes and into a row that is copied in.
 */
record Column<T>(String name, Type type, BiConsumer<T, Binary> writer) {
    private static final int BYTES_EXPECTED = 24;

    enum Type {
        UUID("uuid", Oid.UUID, Oid.UUID_ARRAY),
        BIGINT("bigint", Oid.INT8, Oid.INT8_ARRAY),
        INTEGER("integer", Oid.INT4, Oid.INT4_ARRAY),
        TEXT("text", Oid.TEXT, Oid.TEXT_ARRAY),
        BYTEA("bytea", Oid.BYTEA, Oid.BYTEA_ARRAY),
        TIMESTAMPTZ("timestamptz", Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY),
        DATE("date", Oid.DATE, Oid.DATE_ARRAY);

        private final String sql;
        private final int oid;
        private final int arrayOid;

        Type(String sql, int oid, int arrayOid) {
            this.sql = sql;
            this.oid = oid;
            this.arrayOid = arrayOid;
        }
    }

    static <T> Column<T> uuid(String name, Function<T, @Nullable UUID> value) {
        return of(name, Type.UUID, value, Binary::uuid);
    }

    static <T> Column<T> bigint(String name, Function<T, @Nullable Long> value) {
        return of(name, Type.BIGINT, value, Binary::bigint);
    }

    static <T> Column<T> integer(String name, Function<T, @Nullable Integer> value) {
        return of(name, Type.INTEGER, value, Binary::integer);
    }

    static <T> Column<T> text(String name, Function<T, @Nullable String> value) {
        return of(name, Type.TEXT, value, Binary::text);
    }

    static <T> Column<T> hash(String name, Function<T, @Nullable Hash> value) {
        return of(name, Type.BYTEA, value, (out, hash) -> out.bytes(hash.bytes()));
    }

    static <T> Column<T> instant(String name, Function<T, @Nullable Instant> value) {
        return of(name, Type.TIMESTAMPTZ, value, Binary::instant);
    }

    static <T> Column<T> date(String name, Function<T, @Nullable LocalDate> value) {
        return of(name, Type.DATE, value, Binary::date);
    }

    /** How a statement names the array of this column. */
    String parameter() {
        return "?::" + type.sql + "[]";
    }

    /** This column of all rows, as the parameter of one statement. */
    Array of(Connection connection, Collection<T> rows) throws SQLException {
        Binary out = new Binary(32 + BYTES_EXPECTED * rows.size());
        out.rawInteger(rows.isEmpty() ? 0 : 1);
        out.rawInteger(1);
        out.rawInteger(type.oid);
        if (!rows.isEmpty()) {
            out.rawInteger(rows.size());
            out.rawInteger(1);
        }
        rows.forEach(row -> writer.accept(row, out));
        return new PgArray(connection.unwrap(BaseConnection.class), type.arrayOid, out.toBytes());
    }

    private static <T, V> Column<T> of(
            String name, Type type, Function<T, @Nullable V> value, BiConsumer<Binary, V> writer) {
        return new Column<>(name, type, (row, out) -> {
            V found = value.apply(row);
            if (found == null) {
                out.absent();
            } else {
                writer.accept(out, found);
            }
        });
    }
}
