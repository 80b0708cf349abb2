package io.bursar.ledger.proof;

import io.bursar.ledger.BookId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * What a book was at an instant, in a few lines of text: the root over the heads of its accounts, the end of its chain
 * of closings, how much there was, and the hash of the manifest before this one ({@link #NO_HASH} for the first).
 */
public record Manifest(
        BookId book,
        Opening opening,
        Instant sealedAt,
        long accounts,
        long transfers,
        String headsRoot,
        int periods,
        String periodHash,
        String previous) {

    /** When no manifest came before. */
    public static final String NO_HASH = "0".repeat(2 * Bytes.HASH_BYTES);

    private static final String TITLE = "bursar manifest 1";

    /** What the book's own row says, which is in no chain. The instant is in seconds since 1970. */
    public record Opening(String name, String openedAt) {}

    /** The lines that are signed. */
    public String text() {
        return String.join(
                "\n",
                TITLE,
                "book " + book,
                "name " + URLEncoder.encode(opening.name(), StandardCharsets.UTF_8),
                "opened " + opening.openedAt(),
                "sealed " + sealedAt,
                "accounts " + accounts,
                "transfers " + transfers,
                "heads " + headsRoot,
                "periods " + periods,
                "period-hash " + periodHash,
                "previous " + previous,
                "");
    }

    public static Manifest parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 12 || !lines[0].equals(TITLE) || !lines[11].isEmpty()) {
            throw new IllegalArgumentException("manifest: other lines (expected: those of " + TITLE + ")");
        }
        Manifest manifest = new Manifest(
                new BookId(UUID.fromString(value(lines[1], "book"))),
                new Opening(
                        URLDecoder.decode(value(lines[2], "name"), StandardCharsets.UTF_8), value(lines[3], "opened")),
                Instant.parse(value(lines[4], "sealed")),
                Long.parseLong(value(lines[5], "accounts")),
                Long.parseLong(value(lines[6], "transfers")),
                value(lines[7], "heads"),
                Integer.parseInt(value(lines[8], "periods")),
                value(lines[9], "period-hash"),
                value(lines[10], "previous"));
        if (!manifest.text().equals(text)) {
            throw new IllegalArgumentException("manifest: not in its canonical form");
        }
        return manifest;
    }

    private static String value(String line, String name) {
        if (!line.startsWith(name + " ")) {
            throw new IllegalArgumentException("manifest: line " + line + " (expected: " + name + ")");
        }
        return line.substring(name.length() + 1);
    }

    /** What the next manifest names as the one before it. */
    public String hash() {
        return Text.hex(new Bytes().raw(text().getBytes(StandardCharsets.UTF_8)).hash());
    }
}
