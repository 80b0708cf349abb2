package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, SHA-1; six digits are the last six of its eight. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void codes_are_those_of_the_standard(long second, String eightDigits) {
        assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second)))).isEqualTo(eightDigits.substring(2));
    }

    /** RFC 4648, section 10, without its padding. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void secrets_are_written_as_apps_read_them(String plain, String encoded) {
        assertThat(Base32.encode(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
    }

    @Test
    void a_code_counts_for_its_own_half_minute_and_one_on_either_side() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = Totp.step(now);
        for (int off = -1; off <= 1; off++) {
            assertThat(Totp.matched(SECRET, Totp.code(SECRET, step + off), now)).hasValue(step + off);
        }
        assertThat(Totp.matched(SECRET, Totp.code(SECRET, step - 2), now)).isEmpty();
        assertThat(Totp.matched(SECRET, Totp.code(SECRET, step + 2), now)).isEmpty();
        for (String nonsense : new String[] {"", "12345", "1234567", "abcdef", "٠٥٠٤٧١", " 050471"}) {
            assertThat(Totp.matched(SECRET, nonsense, now)).as(nonsense).isEmpty();
        }
    }
}
