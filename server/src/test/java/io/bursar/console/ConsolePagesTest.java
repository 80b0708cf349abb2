package io.bursar.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.consolespi.OverviewPart;
import io.bursar.identity.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

class ConsolePagesTest {
    private static PageServer pages;

    @BeforeAll
    static void start() {
        pages = new PageServer();
    }

    @AfterAll
    static void stop() {
        pages.close();
    }

    @Test
    void the_bare_address_leads_to_the_console() {
        HttpResponse<String> answer = pages.get("/", null);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/console");
    }

    @Test
    void today_is_drawn_in_the_shell_and_teaches_while_nothing_has_happened() {
        String page = pages.get("/console", Role.VIEWER).body();
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("<title>Today · Bursar</title>")
                .contains("Nothing has happened yet")
                .contains("<a href=\"/console\" aria-current=\"page\" data-go=\"t\">Today</a>")
                .contains("All books balance")
                .contains("01jd-request")
                .doesNotContain("th:");
    }

    @Test
    void names_are_text_and_never_markup() {
        assertThat(pages.get("/console", Role.VIEWER).body())
                .contains("Ada &lt;Byron&gt;")
                .doesNotContain("<Byron>");
        assertThat(pages.get("/console/search?q=%3Cscript%3E", Role.VIEWER).body())
                .doesNotContain("<script>");
    }

    @Test
    void the_navigation_shows_only_what_the_role_may_open() {
        assertThat(pages.get("/console", Role.SUPPORT).body()).doesNotContain("/console/settings");
        assertThat(pages.get("/console", Role.ADMIN).body()).contains("/console/settings");
    }

    @Test
    void a_single_hit_is_opened_at_once() {
        HttpResponse<String> answer = pages.get("/console/search?q=nord", Role.VIEWER);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/console/payments/2");
    }

    @Test
    void several_hits_are_listed_by_kind() {
        assertThat(pages.get("/console/search?q=studio", Role.VIEWER).body())
                .contains("3 hits", "<h2>Merchant</h2>", "<h2>Payment request</h2>", "/console/payments/3");
    }

    @Test
    void no_hit_says_so_and_what_can_be_found() {
        assertThat(pages.get("/console/search?q=nobody", Role.VIEWER).body())
                .contains("Nothing is called that", "0 hits", "transaction hash");
        assertThat(pages.get("/console/search?q=" + "x".repeat(201), Role.VIEWER)
                        .body())
                .contains("at most 200 characters");
    }

    @Test
    void failures_are_told_in_words_with_the_request() {
        assertThat(pages.get("/console/broken/403", Role.VIEWER).body())
                .contains("You may not do this", "01jd-request", "aria-label=\"Console\"", "Back to Today");
        assertThat(pages.get("/broken/429", null).body())
                .contains("Too many requests", "01jd-request")
                .doesNotContain("aria-label=\"Console\"");
        assertThat(pages.get("/console/nowhere", Role.VIEWER).body()).contains("There is nothing here", "01jd-request");
    }

    @Test
    void what_the_pages_load_is_served_here_and_kept_by_browsers() {
        String page = pages.get("/console", Role.VIEWER).body();
        assertThat(page).doesNotContain("https://").doesNotContain("\"//");
        List<String> paths = new ArrayList<>(found("(?:href|src)=\"(/(?:assets|webjars)/[^\"]+)\"", page));
        assertThat(paths).hasSize(5).anyMatch(path -> path.endsWith("/htmx.min.js"));
        String css =
                paths.stream().filter(path -> path.endsWith(".css")).findFirst().orElseThrow();
        paths.addAll(found(
                "url\\(\"(/assets/fonts/[^\"]+)\"\\)", pages.get(css, null).body()));
        assertThat(paths).hasSize(7);
        for (String path : paths) {
            HttpResponse<String> asset = pages.get(path, null);
            assertThat(asset.statusCode()).as(path).isEqualTo(200);
            assertThat(asset.headers().firstValue("Cache-Control")).as(path).hasValue("max-age=31536000, public");
        }
        assertThat(css).as("named by its content").matches("/assets/bursar-[0-9a-f]{32}\\.css");
        assertThat(paths.stream().distinct())
                .as("the font loaded early is the one the styles ask for")
                .hasSize(6);
    }

    @Test
    void a_brand_colour_is_a_stylesheet_of_its_own() {
        HttpResponse<String> answer = pages.get("/assets/brand/ff6600.css", null);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/css;charset=UTF-8");
        assertThat(answer.body()).contains("--accent: light-dark(#");
        assertThat(pages.get("/assets/brand/red%7D.css", null).statusCode()).isEqualTo(404);
    }

    @Test
    void one_modules_trouble_does_not_hide_what_the_others_say() {
        try (PageServer server = new PageServer(Parts.class)) {
            HttpResponse<String> today = server.get("/console", Role.VIEWER);
            assertThat(today.statusCode()).isEqualTo(200);
            assertThat(today.body())
                    .contains("7 payments wait", "This part could not be read")
                    .doesNotContain("Nothing has happened yet")
                    .doesNotContain("the database is gone");
        }
    }

    static class Parts {
        @Bean
        OverviewPart countedPart() {
            return new Part(OverviewPart.Slot.MAIN, () -> Map.of("count", 7));
        }

        @Bean
        OverviewPart brokenPart() {
            return new Part(OverviewPart.Slot.SIDE, () -> {
                throw new IllegalStateException("the database is gone");
            });
        }
    }

    private record Part(OverviewPart.Slot slot, Supplier<Map<String, Object>> values) implements OverviewPart {
        @Override
        public int order() {
            return 1;
        }

        @Override
        public String fragment() {
            return "test/part :: counted";
        }

        @Override
        public Map<String, Object> model() {
            return values.get();
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
