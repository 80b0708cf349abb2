package io.bursar.errorlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            No node of chain 8453 answers after 3 tries         | No node of chain # answers after # tries
            550 unknown user <ann.lee@shop.example>             | # unknown user <<address>>
            GET https://u:p@rpc.example/v2/hush?key=1 timed out | GET <address> timed out
            book 019ab1f2-7c3d-7e4f-8a9b-0c1d2e3f4a5b is short  | book <id> is short
            log 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48      | log <id>
            request req_01jd8q2kx0e7b9t5m3n1v4c6z8 is gone      | request <id> is gone
            unexpected 'Ann Lee' at "name"                      | unexpected "…" at "…"
            SocketTimeoutException: Read timed out              | SocketTimeoutException: Read timed out
            """)
    void what_differs_from_case_to_case_is_left_out(String message, String shape) {
        assertThat(Shape.of(message).text()).isEqualTo(shape);
    }

    @Test
    void one_shape_of_one_code_has_one_fingerprint() {
        String fingerprint = Shape.of("lag of 12 s").fingerprint("rpc_unavailable");
        assertThat(Shape.of("lag of 7 s").fingerprint("rpc_unavailable")).isEqualTo(fingerprint);
        assertThat(Shape.of("lag of 7 s").fingerprint("fx_unavailable")).isNotEqualTo(fingerprint);
        assertThat(Shape.of("lag of 7 min").fingerprint("rpc_unavailable")).isNotEqualTo(fingerprint);
    }
}
