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
        UNSIGNED(
                401, "Unsigned", "It carries no signature. Probes and scanners look like this; a provider never does."),
        MALFORMED(
                401,
                "Malformed signature",
                "What stands in the place of its signature can be none. A proxy may have changed the header."),
        FORGED(
                401,
                "Wrong signature",
                "The signature is not that of these bytes under the key we have. Somebody else sent it, or the key was"
                        + " changed at the provider, or something on the way changed the body."),
        STALE(
                401,
                "Too old or from the future",
                "The signature is right and its time is not ours. Somebody sent an old event once more, or a clock is"
                        + " wrong: the provider's, or that of this machine."),
        UNREADABLE(
                400,
                "Unreadable",
                "The signature is right, and what it is under cannot be read or has no usable id. The provider may have"
                        + " changed its format.");

        private final int status;
        private final String label;
        private final String advice;

        Reason(int status, String label, String advice) {
            this.status = status;
            this.label = label;
            this.advice = advice;
        }

        /** What it means, and what to look at. */
        public String advice() {
            return advice;
        }

        int status() {
            return status;
        }

        public String label() {
            return label;
        }
    }
}
