package io.bursar.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** One link of the chain: the entry it holds fast, and a hash over that entry and the link before. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out of this package
record AuditLink(long position, long entry, byte[] hash) {
    private static final byte[] BEGINNING = new byte[32];

    static AuditLink after(@Nullable AuditLink last, Recorded recorded) {
        return new AuditLink(
                last == null ? 1 : last.position + 1,
                recorded.entry().sequence(),
                hash(last == null ? BEGINNING : last.hash, recorded));
    }

    boolean fits(AuditLink other) {
        return position == other.position && entry == other.entry && MessageDigest.isEqual(hash, other.hash);
    }

    /** Every field with its length before it, so that no two read alike; -1 for an absent one, -2 before a digest. */
    private static byte[] hash(byte[] last, Recorded recorded) {
        AuditEntry entry = recorded.entry();
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.write(last);
            out.writeLong(entry.sequence());
            write(out, entry.at().toString());
            write(out, entry.actor());
            write(out, entry.action());
            write(out, entry.subject());
            write(out, entry.before());
            write(out, entry.after());
            if (recorded.reason() == null) {
                write(out, entry.reason());
            } else {
                out.writeInt(-2);
                out.write(recorded.reason().digest());
            }
            write(out, entry.requestId());
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
