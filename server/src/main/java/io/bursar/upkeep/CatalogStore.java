package io.bursar.upkeep;

import io.bursar.platform.Migrator;
import io.bursar.platform.Migrator.Script;
import io.bursar.upkeep.BackupManifest.SequencePosition;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the database itself says about the tables of every module, whichever modules there are. */
final class CatalogStore {
    private static final String MODULES = """
            SELECT n.nspname AS schema FROM pg_catalog.pg_class AS c
              JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
             WHERE c.relname = 'flyway_schema_history'
            """;
    /** What nobody needs again: tables without a log, and those whose comment says so. */
    private static final String TABLES = """
            SELECT n.nspname AS schema, c.relname AS name,
                   array_agg(a.attname::text ORDER BY a.attnum)
                     FILTER (WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
              FROM pg_catalog.pg_class AS c
              JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
             WHERE n.nspname IN (%s) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
               AND c.relpersistence = 'p' AND c.relname <> 'flyway_schema_history'
               AND coalesce(pg_catalog.obj_description(c.oid, 'pg_class'), '') NOT LIKE 'Not backed up%%'
             GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname
            """.formatted(MODULES);

    private static final String SEQUENCES = """
            SELECT s.schemaname AS schema, s.sequencename AS name, s.last_value, EXISTS (
                     SELECT 1 FROM pg_catalog.pg_depend AS d
                      WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                        AND d.objid = format('%%I.%%I', s.schemaname, s.sequencename)::regclass) AS of_column
              FROM pg_catalog.pg_sequences AS s WHERE s.schemaname IN (%s) ORDER BY 1, 2
            """.formatted(MODULES);
    private static final String REFERENCES = """
            SELECT c.conrelid::regclass::text AS referring, c.confrelid::regclass::text AS referred
              FROM pg_catalog.pg_constraint AS c WHERE c.contype = 'f' AND c.conrelid <> c.confrelid
            """;
    private static final String ANYTHING = """
            SELECT n.nspname || '.' || c.relname AS name FROM pg_catalog.pg_class AS c
              JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
             WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
            UNION ALL
            SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = ?
             ORDER BY 1 LIMIT 1
            """;

    private final Connection connection;

    CatalogStore(Connection connection) {
        this.connection = connection;
    }

    List<TableShape> tables() throws SQLException {
        return list(
                TABLES,
                row -> new TableShape(
                        row.getString("schema"), row.getString("name"), strings(row.getArray("columns"))));
    }

    List<SequencePosition> sequences() throws SQLException {
        return list(SEQUENCES, row -> {
            long last = row.getLong("last_value");
            boolean untouched = row.wasNull();
            return new SequencePosition(
                    row.getString("schema"),
                    row.getString("name"),
                    untouched ? null : Long.valueOf(last),
                    row.getBoolean("of_column"));
        });
    }

    /** The migrations that have run, by schema. */
    Map<String, List<Script>> scripts() throws SQLException {
        Map<String, List<Script>> scripts = new TreeMap<>();
        for (String schema : list(MODULES, row -> row.getString("schema"))) {
            String history = TableShape.quoted(schema) + ".flyway_schema_history";
            scripts.put(
                    schema,
                    list(
                            "SELECT version, checksum FROM " + history
                                    + " WHERE success AND version IS NOT NULL AND checksum IS NOT NULL"
                                    + " ORDER BY installed_rank",
                            row -> new Script(row.getString("version"), row.getInt("checksum"))));
        }
        return scripts;
    }

    /** Which table has to be filled before which: names as the server prints them. */
    List<Reference> references() throws SQLException {
        return list(REFERENCES, row -> new Reference(row.getString("referring"), row.getString("referred")));
    }

    record Reference(String referring, String referred) {}

    String printedName(TableShape table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?::regclass::text")) {
            statement.setString(1, table.quotedName());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** Something that is in this database and not of PostgreSQL itself; none is what a restore needs. */
    List<String> anything() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ANYTHING)) {
            statement.setString(1, Migrator.UNFINISHED_RESTORE);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? List.of(rows.getString("name")) : List.of();
            }
        }
    }

    String serverVersion() throws SQLException {
        return list("SHOW server_version", row -> row.getString(1)).getFirst();
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Reader<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
        return found;
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
