package io.bursar.outbox;

import java.util.Locale;

/** What an attempt met, and whose fault it is. The status is the receiver's, 0 when none was received. */
record Finding(Kind kind, int status) {
    enum Kind {
        OK("Delivered", "ok", "The receiver took it."),
        DNS("Host not found", "bad", "Their side: the host's name could not be resolved. Check the URL."),
        CONNECT("No connection", "bad", "Their side: the connection was refused or broke. Is the server running?"),
        TLS("TLS failed", "bad", "Their side: no trusted TLS connection. Check the certificate and its chain."),
        TIMEOUT("Timed out", "warn", "Their side: no complete answer within 15 seconds. Answer first, work later."),
        REDIRECT("Redirected", "bad", "Their side: redirects are not followed. Configure the final URL."),
        GONE("Gone", "bad", "Their side: 410 asks us to stop, so the endpoint was disabled."),
        THROTTLED("Throttled", "warn", "Their side: too many requests. It is tried again when they asked for it."),
        REFUSED(
                "Refused",
                "bad",
                "Their side: their server refuses it. 401, 403: it wants a login; allow the POST and verify the "
                        + "signature instead. 404: wrong path. 405: no POST there. 400: perhaps its check of that."),
        BROKEN("Server error", "warn", "Their side: their server failed. It is tried again by the schedule."),
        INTERNAL("Our failure", "bad", "Our side: the attempt was not made. The log says why; it is tried again."),
        ODD("Odd answer", "bad", "Their side: the answer was no proper HTTP response."),
        REFUSED_ADDRESS("Private address", "bad", "Their side: the host leads into a private network. Never tried."),
        REFUSED_URL("URL not allowed", "bad", "Their side: the stored URL is not HTTPS or otherwise not allowed.");

        private final String label;
        private final String tone;
        private final String advice;

        Kind(String label, String tone, String advice) {
            this.label = label;
            this.tone = tone;
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

    public String advice() {
        return kind.advice;
    }
}
