package io.bursar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.sandbox.http.Loopback;
import io.bursar.sandbox.http.Response;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BrowserTest {
    private static final String PAGE = """
            <form action="/logout" method="post"><input type="hidden" name="_csrf" value="other"></form>
            <form method="post" action="/login"><input type="hidden" name="_csrf" value="a&amp;b=">
            <input name="email"><input type="text" name="unfilled" value="x"></form>
            """;

    @Test
    void a_form_is_sent_with_its_hidden_fields_and_those_given() {
        try (var server = Loopback.start(
                0,
                request -> request.method().equals("POST")
                        ? Response.json(new TreeMap<>(request.form()))
                        : Response.html(PAGE))) {
            var browser = new Browser(server.url());
            var answer = browser.submit("/login", "/login", Map.of("email", "ada+1@example.com"));
            assertThat(answer.html()).isEqualTo("{\"_csrf\":\"a&b=\",\"email\":\"ada+1@example.com\"}");
            assertThatThrownBy(() -> browser.submit("/login", "/elsewhere", Map.of()))
                    .hasMessageContaining("no form for /elsewhere");
        }
    }
}
