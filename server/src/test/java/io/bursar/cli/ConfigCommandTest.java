package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private String told = "";

    @Test
    void every_setting_is_told_with_its_source_and_no_secret_with_it() {
        Map<String, String> environment = Map.of(
                "ENCRYPTION_KEY", KEY,
                "PORT", "9000",
                "BURSAR_ADMIN_EMAIL", "ann@bursar.example",
                "BURSAR_ADMIN_PASSWORD", "hush hush hush",
                "SMTP_URL", "smtp://desk:hush@mail.example:587",
                "EVM_RPC_URLS_8453", "https://base.example/hush");

        assertThat(run(environment)).as(told).isZero();

        assertThat(told)
                .containsPattern("PORT +environment +9000\\R")
                .containsPattern("PUBLIC_URL +default +http://127.0.0.1:9000\\R")
                .containsPattern("LEDGER_MANIFEST_DIR +default +not set\\R")
                .containsPattern("EVM_RPC_URLS_8453 +environment +••••\\R")
                .containsPattern("BURSAR_ADMIN_EMAIL +environment +ann@bursar.example\\R")
                .doesNotContain("hush", KEY);
    }

    @Test
    void problems_of_all_modules_come_at_once_and_are_an_exit_code() {
        Map<String, String> environment = Map.of(
                "PORT", "many",
                "TRUSTED_PROXIES", "proxy.example",
                "FX_JUMP_PERCENT_MAX", "0",
                "SMTP_URL", "imap://hush",
                "DATABASE_URL", "mysql://hush",
                "BURSAR_HOEM", "/srv");

        assertThat(run(environment, "--json")).isEqualTo(1);

        JsonNode report = JsonMapper.shared().readTree(told);
        assertThat(report.path("problems").valueStream().map(JsonNode::asString))
                .hasSize(7)
                .anyMatch(problem -> problem.startsWith("PORT: many"))
                .anyMatch(problem -> problem.startsWith("ENCRYPTION_KEY is not set"))
                .contains("BURSAR_HOEM is no setting of Bursar (did you mean BURSAR_HOME?)");
        assertThat(report.path("settings")
                        .valueStream()
                        .filter(setting -> setting.path("name").asString().equals("BURSAR_HOME"))
                        .map(Object::toString))
                .containsExactly("{\"name\":\"BURSAR_HOME\",\"value\":\"data\",\"source\":\"default\"}");
        assertThat(told).doesNotContain("hush");
    }

    private int run(Map<String, String> environment, String... arguments) {
        StringWriter output = new StringWriter();
        String[] line = new String[arguments.length + 1];
        line[0] = "config";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        int code = Main.commandLine(environment, InputStream.nullInputStream())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output))
                .execute(line);
        told = output.toString();
        return code;
    }
}
