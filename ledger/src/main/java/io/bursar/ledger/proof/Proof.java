package io.bursar.ledger.proof;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Shows that a transfer is in a seal: the rows of one of its accounts from the transfer to the sealed head, and the way
 * from that head to the root of the manifest. It grows with the number of rows that came to the account after the
 * transfer, about 600 bytes each, so the account with fewer is taken; {@link Prover#ROWS_MAX} is the limit. The rows
 * are whole: who is given a proof sees what else moved on that account until it was sealed.
 */
public record Proof(Head head, List<Link> rows, List<Step> path) {
    private static final String TITLE = "bursar proof 1";

    /**
     * A row as it is hashed, and the hashes after it, in hex: of a transfer those of its debtor's and its creditor's
     * rows before it, of an event that of the row before it.
     */
    public record Link(String row, List<String> before) {
        public Link {
            before = List.copyOf(before);
        }

        byte[] hash() {
            Bytes bytes = bytes();
            before.forEach(hash -> bytes.raw(HexFormat.of().parseHex(hash)));
            return bytes.hash();
        }

        Bytes bytes() {
            return new Bytes().raw(HexFormat.of().parseHex(row));
        }
    }

    /** A neighbour on the way up to the root, and whether it is on the left. */
    public record Step(boolean left, String hash) {}

    public Proof {
        rows = List.copyOf(rows);
        path = List.copyOf(path);
    }

    public String text() {
        StringBuilder text = new StringBuilder(TITLE).append('\n');
        text.append("head ").append(head).append('\n');
        rows.forEach(row -> text.append("row ")
                .append(row.row())
                .append(' ')
                .append(String.join(" ", row.before()))
                .append('\n'));
        path.forEach(step -> text.append(step.left() ? "left " : "right ")
                .append(step.hash())
                .append('\n'));
        return text.toString();
    }

    public static Proof parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || !lines.getFirst().equals(TITLE) || !lines.get(1).startsWith("head ")) {
            throw new IllegalArgumentException("proof: other lines (expected: those of " + TITLE + ")");
        }
        List<Link> rows = new ArrayList<>();
        List<Step> path = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            List<String> words = List.of(line.split(" ", -1));
            switch (words.getFirst()) {
                case "row" -> rows.add(new Link(words.get(1), words.subList(2, words.size())));
                case "left" -> path.add(new Step(true, words.get(1)));
                case "right" -> path.add(new Step(false, words.get(1)));
                default -> throw new IllegalArgumentException("proof: line " + words.getFirst());
            }
        }
        return new Proof(Head.parse(lines.get(1).substring("head ".length())), rows, path);
    }
}
