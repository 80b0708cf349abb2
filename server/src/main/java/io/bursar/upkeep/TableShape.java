package io.bursar.upkeep;

import java.util.List;
import java.util.stream.Collectors;

/** A table and those of its columns that hold something of their own, in order. */
record TableShape(String schema, String name, List<String> columns) {
    TableShape {
        columns = List.copyOf(columns);
    }

    /** Its place inside a backup. */
    String entry() {
        return schema + "/" + name + ".copy";
    }

    String quotedName() {
        return quoted(schema) + "." + quoted(name);
    }

    String quotedColumns() {
        return columns.stream().map(TableShape::quoted).collect(Collectors.joining(", "));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
