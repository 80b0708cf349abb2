package io.bursar.bench.ledger;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of a run. Progress goes to one stream while it lasts; figures go to the other at its end. */
final class Report {
    private final PrintWriter progress;
    private final List<Figure> figures = new ArrayList<>();

    Report(PrintWriter progress) {
        this.progress = progress;
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    void say(String line) {
        progress.println(line);
        progress.flush();
    }

    void add(Figure figure) {
        figures.add(figure);
        say("%s: %s %s  %s".formatted(figure.id(), number(figure.figure()), figure.unit(), figure.beside()));
    }

    /** The figures as a table, or as JSON and nothing else. */
    void print(PrintWriter out, boolean asJson) {
        out.print(asJson ? json() + System.lineSeparator() : table());
        out.flush();
    }

    String table() {
        StringBuilder table = new StringBuilder();
        String row = "%-40s %-56s %10s %-11s %8s %8s %5s%n";
        table.append(row.formatted("id", "what", "figure", "unit", "bound", "aim", "holds"));
        for (Figure figure : figures) {
            Figure.Bound bound = figure.bound();
            table.append(row.formatted(
                    figure.id(),
                    figure.title(),
                    number(figure.figure()),
                    figure.unit(),
                    bound == null ? "" : sign(bound) + number(bound.atLeast()),
                    bound == null ? "" : sign(bound) + number(bound.aim()),
                    bound == null ? "" : bound.holds(figure.figure()) ? "yes" : "NO"));
            if (!figure.beside().isEmpty()) {
                table.append("    ").append(figure.beside()).append('\n');
            }
        }
        return table.toString();
    }

    String json() {
        return figures.stream()
                .map(Report::json)
                .reduce((one, next) -> one + ",\n " + next)
                .map("[%s]"::formatted)
                .orElse("[]");
    }

    private static String json(Figure figure) {
        Figure.Bound bound = figure.bound();
        return "{\"id\":\"%s\",\"figure\":%s,\"unit\":\"%s\",\"atLeast\":%s,\"aim\":%s,\"holds\":%s}"
                .formatted(
                        figure.id(),
                        value(figure.figure()),
                        figure.unit(),
                        bound == null ? null : value(bound.atLeast()),
                        bound == null ? null : value(bound.aim()),
                        figure.holds());
    }

    private static @Nullable String value(double figure) {
        return Double.isFinite(figure) ? String.format(Locale.ROOT, "%.4f", figure) : null;
    }

    private static String sign(Figure.Bound bound) {
        return bound.lessIsBetter() ? "<=" : ">=";
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure >= 1_000 ? "%,.0f" : "%.2f", figure);
    }
}
