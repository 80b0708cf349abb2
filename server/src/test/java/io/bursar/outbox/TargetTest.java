package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetTest {
    private static final Set<String> ALLOWED =
            Set.of("http://127.0.0.1:9000", "https://hooks.internal:8080", "http://[::1]:9000");

    /** What is judged from the URL alone; {@code ok} may still be refused for where its name leads. */
    private static final String TABLE = """
            https://shop.example/hooks?a=b             | ok https://shop.example:443
            https://SHOP.example:8443/                 | ok https://shop.example:8443
            https://shop.example:80/                   | ok https://shop.example:80
            https://127.0.0.1/                         | ok https://127.0.0.1:443
            https://[2606:4700::1111]/x                | ok https://[2606:4700::1111]:443
            http://127.0.0.1:9000/hook                 | ok http://127.0.0.1:9000
            http://[::1]:9000/hook                     | ok http://[::1]:9000
            https://hooks.internal:8080/               | ok https://hooks.internal:8080
            http://shop.example/hooks                  | HTTPS
            http://127.0.0.1:9001/hook                 | HTTPS
            http://127.0.0.1:9000@evil.example/        | user name
            https://127.0.0.1:9000/hook                | port
            https://shop.example:22/                   | port
            https://hooks.internal:8081/               | port
            https://user:secret@shop.example/          | user name
            https://user@shop.example/                 | user name
            https://shop.example/#here                 | fragment
            ftp://shop.example/                        | https://
            //shop.example/                            | https://
            shop.example                               | https://
            javascript:alert(1)                        | https://
            https:shop.example                         | host
            https:///hooks                             | host
            https://                                   | valid
            https://exa mple/                          | valid
            https://shop_front.example/                | host
            https://b\u00fccher.example/               | host
            https://[fe80::1%25eth0]/                  | host
            https://2130706433/                        | host
            https://0x7f000001/                        | host
            https://0x7f.0.0.1/                        | host
            https://127.1/                             | host
            https://017700000001/                      | host
            https://127.0.0.1./                        | host
            https://127。0。0。1/                      | host
            https://shop.example:443@127.0.0.1/        | user name
            https://shop.example%40127.0.0.1/          | host
            https://shop.example\\@127.0.0.1/          | valid
            https://127.0.0.1\\.shop.example/          | valid
            https://0177.0.0.1/                        | host
            https://0/                                 | host
            https://shop.127/                          | host
            https://1.2.3.4/                           | ok https://1.2.3.4:443
            https://7eleven.example/                   | ok https://7eleven.example:443
            https://127.0.0.1.nip.example/             | ok https://127.0.0.1.nip.example:443
            """;

    @ParameterizedTest
    @MethodSource("rows")
    void a_url_is_judged_by_its_text(String url, String expected) {
        switch (Target.of(url, ALLOWED)) {
            case Target.Origin origin -> assertThat("ok " + origin.origin()).isEqualTo(expected);
            case Target.Refused refused ->
                assertThat(refused.sentence()).contains(expected).endsWith(".").startsWith("The webhook URL");
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void a_url_has_a_length(int length, boolean accepted) {
        String url = "https://shop.example/" + "x".repeat(length - "https://shop.example/".length());

        assertThat(Target.of(url, Set.of()) instanceof Target.Origin).isEqualTo(accepted);
    }

    static Stream<Object[]> lengths() {
        return Stream.of(new Object[] {2_000, true}, new Object[] {2_001, false});
    }

    static Stream<Object[]> rows() {
        return TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray());
    }
}
