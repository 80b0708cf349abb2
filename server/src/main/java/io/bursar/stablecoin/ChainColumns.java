package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.BlockHash;
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

    static TxHash txHash(ResultSet row, String column) throws SQLException {
        return new TxHash(hex(row.getBytes(column)));
    }

    static BlockHash blockHash(ResultSet row, String column) throws SQLException {
        return new BlockHash(hex(row.getBytes(column)));
    }

    static byte[] bytes(TxHash hash) {
        return bytes(hash.hex());
    }

    static byte[] bytes(BlockHash hash) {
        return bytes(hash.hex());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex, PREFIX.length(), hex.length());
    }

    private static String hex(byte[] bytes) {
        return PREFIX + HexFormat.of().formatHex(bytes);
    }
}
