package io.bursar.identity;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/** Passwords of operators: bcrypt, whose limit of 72 bytes is said and never silently cut at. */
@Component
class Passwords {
    private static final int BYTES_MAX = 72;
    private static final int CHARACTERS_MIN = 12;
    private static final int STRENGTH = 11;

    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(STRENGTH);
    /** What an unknown account is compared with, so that it takes as long as a known one. */
    private final String nobody = String.valueOf(bcrypt.encode("nobody has this password"));

    Optional<String> refusal(String password) {
        if (password.codePointCount(0, password.length()) < CHARACTERS_MIN) {
            return Optional.of("The password must have at least " + CHARACTERS_MIN + " characters.");
        }
        return bytes(password) > BYTES_MAX
                ? Optional.of(
                        "The password must not exceed " + BYTES_MAX + " bytes; this one has " + bytes(password) + ".")
                : Optional.empty();
    }

    String hash(String password) {
        return String.valueOf(bcrypt.encode(password));
    }

    boolean match(String password, Optional<String> hash) {
        boolean fits = bytes(password) <= BYTES_MAX;
        boolean equal = bcrypt.matches(fits ? password : "", hash.orElse(nobody));
        return fits && equal && hash.isPresent();
    }

    private static int bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length;
    }
}
