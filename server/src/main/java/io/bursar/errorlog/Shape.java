package io.bursar.errorlog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A message without what differs from case to case: numbers, ids, addresses, quotations. Errors of one code and one
 * shape are one kind. It names nobody, so a shape may leave this machine where a message may not.
 */
record Shape(String text) {
    /** What becomes of the kinds of a code that has too many. */
    static final Shape OTHERS = new Shape("(of many kinds)");

    private static final int CHARACTERS_MAX = 300;
    private static final int FINGERPRINT_BYTES = 6;

    private record Step(Pattern found, String put) {
        static Step of(String found, String put) {
            return new Step(Pattern.compile(found), put);
        }
    }

    /** In this order: what is left of an address must not look like an id. */
    private static final List<Step> STEPS = List.of(
            Step.of("\\b[a-z][a-z0-9+.-]*://[^\\s\"'<>]+", "<address>"),
            Step.of("[^\\s\"'<>(),;:=]+@[^\\s\"'<>(),;:=]+", "<address>"),
            Step.of("\"[^\"]*\"|(?<![A-Za-z])'[^']*'|“[^”]*”", "\"…\""),
            Step.of("\\b(?:0x)?[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*\\b", "<id>"),
            Step.of("\\b(?=[A-Za-z0-9_-]*[0-9])[A-Za-z0-9_-]{16,}\\b", "<id>"),
            Step.of("\\d+", "#"));

    static Shape of(String message) {
        String text = message;
        for (Step step : STEPS) {
            text = step.found().matcher(text).replaceAll(step.put());
        }
        return new Shape(text.substring(0, Math.min(text.length(), CHARACTERS_MAX)));
    }

    /** The same for every error of this code and shape, on every node and in every version. */
    String fingerprint(String code) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((code + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
