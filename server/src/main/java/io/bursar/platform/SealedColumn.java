package io.bursar.platform;

/**
 * Where a module keeps sealed values. A bean of this type for every such column lets {@link SealedValues} seal what is
 * there anew when {@code ENCRYPTION_KEY} is replaced; a test compares the beans with the tables.
 *
 * @param table with its schema, {@code outbox.endpoint}
 * @param key the column that tells its rows apart
 * @param column what is sealed, null where nothing is
 */
public record SealedColumn(String table, String key, String column) {
    /** What a value of that row is bound to: it opens nowhere else. */
    public String context(Object row) {
        return table + "/" + row;
    }
}
