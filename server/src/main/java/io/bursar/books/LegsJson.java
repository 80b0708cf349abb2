package io.bursar.books;

import io.bursar.ledger.AccountPath;
import io.bursar.ledger.Leg;
import io.bursar.ledger.LotTerms;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            case Leg.Grant(var debit, var credit, var amount, var unit, var terms) ->
                expiring(sides("grant", debit, credit, amount, unit), terms.expiresAt())
                        .put("source", terms.source());
            case Leg.Pend(var debit, var credit, var amount, var unit, var expiresAt) ->
                expiring(sides("pend", debit, credit, amount, unit), expiresAt);
            case Leg.Force(var debit, var credit, var amount, var unit) -> sides("force", debit, credit, amount, unit);
            case Leg.Commit(var pending, var number, var amount) -> earlier("commit", pending, number, amount);
            case Leg.Release(var pending, var number, var amount) -> earlier("release", pending, number, amount);
            case Leg.Expire(var pending, var number) -> earlier("expire", pending, number, null);
            case Leg.Reverse(var original, var number, var amount, var forced) ->
                earlier("reverse", original, number, amount).put("forced", forced);
            case Leg.Lapse(var lot) ->
                JSON.createObjectNode().put("kind", "lapse").put("lot", lot.value());
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

    private static ObjectNode expiring(ObjectNode node, @Nullable Instant expiresAt) {
        return expiresAt == null ? node : node.put("expiresAt", expiresAt.toString());
    }

    private static ObjectNode earlier(String kind, Reference reference, int number, @Nullable Long amount) {
        var node = JSON.createObjectNode()
                .put("kind", kind)
                .put("reference", reference.value())
                .put("leg", number);
        return amount == null ? node : node.put("amount", Long.toString(amount));
    }

    private static Leg leg(JsonNode node) {
        String kind = text(node, "kind");
        return switch (kind) {
            case "move" -> new Leg.Move(account(node, "debit"), account(node, "credit"), amount(node), unit(node));
            case "grant" -> {
                var terms = new LotTerms(text(node, "source"), expiresAt(node));
                yield new Leg.Grant(account(node, "debit"), account(node, "credit"), amount(node), unit(node), terms);
            }
            case "pend" ->
                new Leg.Pend(
                        account(node, "debit"), account(node, "credit"), amount(node), unit(node), expiresAt(node));
            case "force" -> new Leg.Force(account(node, "debit"), account(node, "credit"), amount(node), unit(node));
            case "commit" -> new Leg.Commit(reference(node), number(node), amountOrNull(node));
            case "release" -> new Leg.Release(reference(node), number(node), amountOrNull(node));
            case "expire" -> new Leg.Expire(reference(node), number(node));
            case "reverse" -> {
                boolean forced = node.required("forced").booleanValue();
                yield new Leg.Reverse(reference(node), number(node), amountOrNull(node), forced);
            }
            case "lapse" -> new Leg.Lapse(account(node, "lot"));
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

    private static Reference reference(JsonNode node) {
        return new Reference(text(node, "reference"));
    }

    private static int number(JsonNode node) {
        return node.required("leg").intValue();
    }

    private static @Nullable Long amountOrNull(JsonNode node) {
        return node.has("amount") ? Long.valueOf(amount(node)) : null;
    }

    private static @Nullable Instant expiresAt(JsonNode node) {
        return node.has("expiresAt") ? Instant.parse(text(node, "expiresAt")) : null;
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).stringValue();
    }
}
