package io.bursar.stablecoin;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request has come to, as partners, payers and operators read it: the proof and the clock in one word. {@code
 * PaymentListStore} has the same rules in SQL, to filter by.
 */
public enum PaymentStatus {
    /** Payable, and nothing is known of a payment. */
    WAITING,
    /** A hash was given and no node knows it yet. */
    CHECKING,
    /** A matching payment is on its way to being final. */
    SEEN,
    VERIFIED,
    /** It was verified, and then the block of its payment left the chain. Payable until it expires. */
    REVERSED,
    UNDERPAID,
    LATE,
    EARLY,
    /** The proof given does not prove payment. The request stays payable until it expires. */
    FAILED,
    /** Nothing came in time. The address is watched all the same. */
    EXPIRED;

    public static PaymentStatus of(PaymentRequest request, Instant now) {
        Proof proof = request.proof();
        String finding = proof.finding() == null ? "" : proof.finding();
        return switch (proof.status()) {
            case VERIFIED -> VERIFIED;
            case ATTACHED -> attached(finding);
            case FAILED -> failed(finding);
            case NONE -> request.expiresAt().isAfter(now) ? WAITING : EXPIRED;
        };
    }

    public static Optional<PaymentStatus> ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static PaymentStatus attached(String finding) {
        return switch (finding) {
            case "in_mempool", "waiting_finality" -> SEEN;
            case "reversed" -> REVERSED;
            default -> CHECKING;
        };
    }

    private static PaymentStatus failed(String finding) {
        return switch (finding) {
            case "wrong_amount" -> UNDERPAID;
            case "late" -> LATE;
            case "early" -> EARLY;
            case "reversed" -> REVERSED;
            default -> FAILED;
        };
    }
}
