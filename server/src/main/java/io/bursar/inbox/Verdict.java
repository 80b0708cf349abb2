package io.bursar.inbox;

import org.jspecify.annotations.Nullable;

/** What a provider's check of a delivery found, in the order in which it can find it. */
public sealed interface Verdict {
    /** Nothing is set up under this account. */
    record UnknownAccount() implements Verdict {}

    /** Whether it is genuine cannot be told now, since what has to be asked does not answer: it has to come again. */
    record Unreachable(String why) implements Verdict {}

    /**
     * It did not prove where it comes from, or says nothing that can be read.
     *
     * @param claimedId the event id it claims to have, null when it could not be read; trust it for nothing
     */
    record Rejected(Reason reason, @Nullable String claimedId) implements Verdict {
        public Rejected(Reason reason) {
            this(reason, null);
        }
    }

    /**
     * It is theirs.
     *
     * @param externalId the provider's own id of the event, the same however often it comes
     * @param kind what happened in the provider's words, {@code invoice.paid}
     * @param subject what it is about, {@code subscription/sub_1}: events about one subject never run side by side
     */
    record Genuine(String externalId, String kind, String subject) implements Verdict {
        private static final int ID_LENGTH_MAX = 200;
        private static final int KIND_LENGTH_MAX = 100;

        /** Whether it names itself in words that can be kept; a signature does not vouch for that. */
        boolean named() {
            return printable(externalId, ID_LENGTH_MAX)
                    && printable(kind, KIND_LENGTH_MAX)
                    && printable(subject, ID_LENGTH_MAX);
        }

        private static boolean printable(String text, int lengthMax) {
            return !text.isBlank()
                    && text.length() <= lengthMax
                    && text.codePoints()
                            .noneMatch(point -> Character.isISOControl(point)
                                    || Character.getType(point) == Character.SURROGATE
                                    || Character.getType(point) == Character.FORMAT);
        }
    }

    enum Reason {
        UNSIGNED(401, "Unsigned"),
        MALFORMED(401, "Malformed signature"),
        FORGED(401, "Wrong signature"),
        STALE(401, "Too old or from the future"),
        UNREADABLE(400, "Unreadable");

        private final int status;
        private final String label;

        Reason(int status, String label) {
            this.status = status;
            this.label = label;
        }

        int status() {
            return status;
        }

        public String label() {
            return label;
        }
    }
}
