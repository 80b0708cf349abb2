package io.bursar.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The whole console as an admin finds it: every entry of the navigation opens and is drawn in the shell. */
class EverySectionTest {
    private static final Pattern ENTRY = Pattern.compile("<a href=\"(/console[^\"]*)\"[^>]*data-go=");

    @Test
    void every_section_opens_for_an_admin() {
        Browser admin = TestBursar.shared().admin();
        List<String> sections = sections(admin.get("/console").body());
        assertThat(sections).contains("/console", "/console/settings").doesNotHaveDuplicates();
        for (String section : sections) {
            HttpResponse<String> page = admin.get(section);
            assertThat(page.statusCode()).as(section).isEqualTo(200);
            assertThat(page.body()).as(section).contains("aria-current=\"page\"", "<h1", "</html>");
        }
    }

    @Test
    void the_settings_show_no_secret() {
        String page = TestBursar.shared().admin().get("/console/settings").body();
        assertThat(page)
                .contains("ENCRYPTION_KEY", "Embedded PostgreSQL", "Guarded by privileges")
                .doesNotContain("AAAAAAAA")
                .doesNotContain(TestBursar.ADMIN_PASSWORD);
    }

    private static List<String> sections(String page) {
        return ENTRY.matcher(page)
                .results()
                .map(entry -> entry.group(1))
                .distinct()
                .toList();
    }
}
