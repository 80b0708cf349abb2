package io.bursar.outbox;

import java.util.Locale;

/** What an attempt met, and whose fault it is. The status is the receiver's, 0 when none was received. */
record Finding(Kind kind, int status) {
    /** Who has to do something about it. */
    enum Fault {
        NOBODY(""),
        THEIRS("Their side: "),
        OURS("Our side: ");

        private final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    enum Kind {
        OK("Delivered", "ok", Fault.NOBODY, "The receiver took it."),
        DNS("Host not found", "bad", Fault.THEIRS, "the host's name could not be resolved. Check the URL."),
        CONNECT("No connection", "bad", Fault.THEIRS, "the connection was refused or broke. Is the server running?"),
        TLS("TLS failed", "bad", Fault.THEIRS, "no trusted TLS connection. Check the certificate and its chain."),
        TIMEOUT("Timed out", "warn", Fault.THEIRS, "no complete answer within 15 seconds. Answer first, work later."),
        REDIRECT("Redirected", "bad", Fault.THEIRS, "redirects are not followed. Configure the final URL."),
        GONE("Gone", "bad", Fault.THEIRS, "410 asks us to stop, so the endpoint was disabled."),
        THROTTLED("Throttled", "warn", Fault.THEIRS, "too many requests. It is tried again when they asked for it."),
        REFUSED(
                "Refused",
                "bad",
                Fault.THEIRS,
                "their server refuses it. 401, 403: it wants a login; allow the POST and verify the "
                        + "signature instead. 404: wrong path. 405: no POST there. 400: perhaps its check of that."),
        BROKEN("Server error", "warn", Fault.THEIRS, "their server failed. It is tried again by the schedule."),
        INTERNAL("Our failure", "bad", Fault.OURS, "the attempt was not made. The log says why; it is tried again."),
        ODD("Odd answer", "bad", Fault.THEIRS, "the answer was no proper HTTP response, or its head was too large."),
        REFUSED_ADDRESS("Private address", "bad", Fault.THEIRS, "the host leads into a private network. Never tried."),
        REFUSED_URL("URL not allowed", "bad", Fault.THEIRS, "the stored URL is not HTTPS or otherwise not allowed.");

        private final String label;
        private final String tone;
        private final Fault fault;
        private final String advice;

        Kind(String label, String tone, Fault fault, String advice) {
            this.label = label;
            this.tone = tone;
            this.fault = fault;
            this.advice = advice;
        }
    }

    static Finding of(Kind kind) {
        return new Finding(kind, 0);
    }

    static Finding ofStatus(int status) {
        if (status >= 200 && status < 300) {
            return new Finding(Kind.OK, status);
        }
        Kind kind = switch (status) {
            case 410 -> Kind.GONE;
            case 429 -> Kind.THROTTLED;
            default ->
                switch (status / 100) {
                    case 3 -> Kind.REDIRECT;
                    case 4 -> Kind.REFUSED;
                    case 5 -> Kind.BROKEN;
                    default -> Kind.ODD;
                };
        };
        return new Finding(kind, status);
    }

    /** Reads what {@link #word()} wrote. */
    static Finding parse(String word) {
        return word.startsWith("http_")
                ? ofStatus(Integer.parseInt(word.substring("http_".length())))
                : of(Kind.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    /** The stable word that is stored and told: {@code ok}, {@code dns}, {@code http_404}. */
    public String word() {
        return status > 0 && kind != Kind.OK ? "http_" + status : kind.name().toLowerCase(Locale.ROOT);
    }

    public boolean delivered() {
        return kind == Kind.OK;
    }

    /** Trying again cannot help: the URL must change, or an operator replay. */
    boolean isFinal() {
        return kind == Kind.GONE || kind == Kind.REFUSED_ADDRESS || kind == Kind.REFUSED_URL;
    }

    public String label() {
        return status > 0 && kind != Kind.OK ? kind.label + " (" + status + ")" : kind.label;
    }

    public String tone() {
        return kind.tone;
    }

    Fault fault() {
        return kind.fault;
    }

    /** Whose fault it is, and what to do. */
    public String advice() {
        return kind.fault.words + kind.advice;
    }
}
