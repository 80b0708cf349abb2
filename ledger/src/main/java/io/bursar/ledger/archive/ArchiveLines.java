package io.bursar.ledger.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A window on one line of an archive, moved from line to line. A line takes memory only as it comes, up to a limit,
 * and what came before it is hashed.
 */
final class ArchiveLines {
    /** An account with some thousand freezes, each with the longest of reasons, is still shorter. */
    static final int LINE_BYTES_MAX = 1 << 24;

    private static final int CHUNK_BYTES = 1 << 16;

    private final InputStream in;
    private final MessageDigest before = sha256();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int position;
    private int limit;
    private byte[] line = new byte[1 << 10];
    private int length;
    private long number;

    ArchiveLines(InputStream in) {
        this.in = in;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Moves to the next line; answers false when there is none. */
    boolean next() throws IOException, UnreadableException {
        before.update(line, 0, length);
        length = 0;
        while (position < limit || fill()) {
            if (length == 0) {
                number++;
            }
            int end = position;
            while (end < limit && chunk[end] != '\n') {
                end++;
            }
            boolean complete = end < limit;
            take(complete ? end + 1 : end);
            if (complete) {
                return true;
            }
        }
        if (length > 0) {
            throw unreadable("is cut off (expected: an end of line)");
        }
        return false;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(chunk), 0);
        return limit > 0;
    }

    private void take(int end) throws UnreadableException {
        int more = end - position;
        if (length + more > LINE_BYTES_MAX) {
            throw unreadable("is longer than " + LINE_BYTES_MAX + " bytes");
        }
        if (line.length < length + more) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + more));
        }
        System.arraycopy(chunk, position, line, length, more);
        length += more;
        position = end;
    }

    byte[] bytes() {
        return line;
    }

    /** How many bytes the line has, with its end. */
    int length() {
        return length;
    }

    long number() {
        return number;
    }

    /** The line without its end. */
    String text() {
        return new String(line, 0, length - 1, StandardCharsets.UTF_8);
    }

    /** The hash of all lines before this one, to be asked for once. */
    String hashBefore() {
        return HexFormat.of().formatHex(before.digest());
    }

    UnreadableException unreadable(String found) {
        return new UnreadableException(number, found);
    }
}
