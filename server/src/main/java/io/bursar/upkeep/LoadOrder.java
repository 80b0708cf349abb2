package io.bursar.upkeep;

import io.bursar.shared.Check;
import io.bursar.upkeep.BackupManifest.TableCopy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables in an order in which each comes after those it refers to. */
final class LoadOrder {
    private LoadOrder() {}

    /** The tables of a backup have to be those that the migrations made, column by column. */
    static List<TableCopy> of(List<TableCopy> tables, CatalogStore catalog) throws SQLException {
        Set<TableShape> made = new HashSet<>(catalog.tables());
        Map<String, TableCopy> waiting = new LinkedHashMap<>();
        for (TableCopy table : tables) {
            Check.that(made.contains(table.shape()), "%s is not as its migrations make it", table.shape());
            waiting.put(catalog.printedName(table.shape()), table);
        }
        Map<String, Set<String>> needs = new HashMap<>();
        for (CatalogStore.Reference reference : catalog.references()) {
            needs.computeIfAbsent(reference.referring(), _ -> new HashSet<>()).add(reference.referred());
        }
        List<TableCopy> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            String next = waiting.keySet().stream()
                    .filter(name -> needs.getOrDefault(name, Set.of()).stream().noneMatch(waiting::containsKey))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("tables refer to each other: " + waiting.keySet()));
            TableCopy table = waiting.remove(next);
            if (table != null) {
                order.add(table);
            }
        }
        return order;
    }
}
