package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.TxHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Addresses and hashes to and from {@code bytea}. */
final class ChainColumns {
    private static final String PREFIX = "0x";

    private ChainColumns() {}

    static Address address(ResultSet row, String column) throws SQLException {
        return new Address(hex(row.getBytes(column)));
    }

    static @Nullable Address addressOrNull(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : new Address(hex(bytes));
    }

    static @Nullable TxHash txHashOrNull(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : new TxHash(hex(bytes));
    }

    static byte[] bytes(TxHash hash) {
        return HexFormat.of().parseHex(hash.hex(), PREFIX.length(), hash.hex().length());
    }

    private static String hex(byte[] bytes) {
        return PREFIX + HexFormat.of().formatHex(bytes);
    }
}
