package io.bursar.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** One id ties what a caller was told to the log, the error and the change. */
@ExtendWith(OutputCaptureExtension.class)
class RequestIdTest {
    private final TestBursar bursar = TestBursar.shared();

    @Test
    void what_a_request_broke_is_found_by_the_id_on_its_page(CapturedOutput output) {
        HttpResponse<String> refused = bursar.browser().post("/login", Map.of("email", "x"));
        String id = id(refused);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains(id);
        assertThat(output.getOut().lines())
                .anyMatch(line -> line.contains("[" + id + "]") && line.contains("csrf_missing"));
        HttpResponse<String> found = bursar.admin().get("/console/search?q=" + id);
        assertThat(found.headers().firstValue("Location").orElseThrow()).endsWith("/console/errors?request=" + id);
        String page = bursar.admin().get("/console/errors?request=" + id).body();
        assertThat(page).contains("csrf_missing", "1 line<", id);
    }

    @Test
    void what_a_request_changed_is_found_by_the_id_of_its_answer() {
        Browser admin = bursar.admin();
        String email = UUID.randomUUID() + "@example.com";
        HttpResponse<String> added = admin.submit(
                "/console/operators",
                "/console/operators",
                Map.of("email", email, "name", "Ada", "role", "viewer", "password", "only for tests: ada"));

        HttpResponse<String> found = admin.get("/console/search?q=" + id(added));

        assertThat(found.headers().firstValue("Location").orElseThrow())
                .endsWith("/console/audit?request=" + id(added));
        assertThat(admin.get("/console/audit?request=" + id(added)).body()).contains("operator.added", "1 entry<");
    }

    private static String id(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
