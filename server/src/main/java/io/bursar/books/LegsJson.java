package io.bursar.books;

import io.bursar.ledger.AccountPath;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Legs as they are kept with an intent. The form is ours for ever: rows written by an older release are read back. */
final class LegsJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private LegsJson() {}

    static String write(List<Leg> legs) {
        var array = JSON.createArrayNode();
        legs.forEach(leg -> array.add(node(leg)));
        return JSON.writeValueAsString(array);
    }

    static List<Leg> read(String text) {
        var legs = new ArrayList<Leg>();
        for (JsonNode node : JSON.readTree(text)) {
            legs.add(leg(node));
        }
        return legs;
    }

    private static ObjectNode node(Leg leg) {
        return switch (leg) {
            case Leg.Move(var debit, var credit, var amount, var unit) -> sides("move", debit, credit, amount, unit);
            case Leg.Force(var debit, var credit, var amount, var unit) -> sides("force", debit, credit, amount, unit);
            case Leg.Pend(var debit, var credit, var amount, var unit) -> sides("pend", debit, credit, amount, unit);
            case Leg.Commit(var pending, var number) -> settles("commit", pending, number);
            case Leg.Release(var pending, var number) -> settles("release", pending, number);
        };
    }

    private static ObjectNode sides(String kind, AccountPath debit, AccountPath credit, long amount, Unit unit) {
        return JSON.createObjectNode()
                .put("kind", kind)
                .put("debit", debit.value())
                .put("credit", credit.value())
                .put("amount", Long.toString(amount))
                .put("unit", unit.code())
                .put("scale", unit.scale());
    }

    private static ObjectNode settles(String kind, Reference pending, int number) {
        return JSON.createObjectNode()
                .put("kind", kind)
                .put("pending", pending.value())
                .put("leg", number);
    }

    private static Leg leg(JsonNode node) {
        String kind = text(node, "kind");
        return switch (kind) {
            case "move" -> new Leg.Move(account(node, "debit"), account(node, "credit"), amount(node), unit(node));
            case "force" -> new Leg.Force(account(node, "debit"), account(node, "credit"), amount(node), unit(node));
            case "pend" -> new Leg.Pend(account(node, "debit"), account(node, "credit"), amount(node), unit(node));
            case "commit" -> new Leg.Commit(pending(node), node.required("leg").intValue());
            case "release" ->
                new Leg.Release(pending(node), node.required("leg").intValue());
            default -> throw new IllegalStateException("leg kind: " + kind);
        };
    }

    private static AccountPath account(JsonNode node, String side) {
        return new AccountPath(text(node, side));
    }

    private static long amount(JsonNode node) {
        return Long.parseLong(text(node, "amount"));
    }

    private static Unit unit(JsonNode node) {
        return new Unit(text(node, "unit"), node.required("scale").intValue());
    }

    private static Reference pending(JsonNode node) {
        return new Reference(text(node, "pending"));
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).stringValue();
    }
}
