package io.bursar.inbox;

import io.bursar.platform.WorldFailedException;
import java.util.Locale;

/** What an attempt to apply an event met, as it is kept: a kind and a sentence. */
record Result(Kind kind, String detail) {
    private static final int DETAIL_LENGTH_MAX = 500;

    enum Kind {
        APPLIED("Applied", "ok", "Its change is made."),
        IGNORED("Ignored", "wait", "It is genuine and none of our business."),
        NOT_YET("Not yet", "warn", "What it builds on has not come yet. It is tried again."),
        REFUSED("Refused", "bad", "It can never be applied as it is. Somebody has to look; then replay it."),
        UNAVAILABLE("Unavailable", "warn", "Whoever had to be asked did not answer. It is tried again."),
        FAILED("Our failure", "bad", "Our side: applying it met a bug; the log has it whole. It is tried again."),
        LOST("Lost", "warn", "The node that worked on it died. Another one took it up.");

        private final String label;
        private final String tone;
        private final String advice;

        Kind(String label, String tone, String advice) {
            this.label = label;
            this.tone = tone;
            this.advice = advice;
        }
    }

    Result {
        detail = detail.replaceAll("\\p{Cntrl}", " ");
        detail = detail.substring(0, Math.min(detail.length(), DETAIL_LENGTH_MAX));
    }

    static Result of(Handled handled) {
        Kind kind = switch (handled) {
            case Handled.Applied _ -> Kind.APPLIED;
            case Handled.Ignored _ -> Kind.IGNORED;
            case Handled.NotYet _ -> Kind.NOT_YET;
            case Handled.Refused _ -> Kind.REFUSED;
        };
        return new Result(kind, handled.detail());
    }

    static Result of(WorldFailedException failed) {
        Kind kind = failed.retryable() ? Kind.UNAVAILABLE : Kind.REFUSED;
        return new Result(kind, failed.code() + ": " + failed.getMessage());
    }

    /** The message of a bug may hold what it worked on, so only its type is kept. */
    static Result of(RuntimeException bug) {
        return new Result(Kind.FAILED, bug.getClass().getName());
    }

    static Result lost() {
        return new Result(Kind.LOST, "");
    }

    /** Reads what {@link #word()} wrote. */
    static Result parse(String word, String detail) {
        return new Result(Kind.valueOf(word.toUpperCase(Locale.ROOT)), detail);
    }

    /** The stable word that is stored. */
    String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the change of the event is made, or there is none to make. */
    boolean settled() {
        return kind == Kind.APPLIED || kind == Kind.IGNORED;
    }

    public String label() {
        return kind.label;
    }

    public String tone() {
        return kind.tone;
    }

    public String advice() {
        return kind.advice;
    }
}
