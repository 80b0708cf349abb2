package io.bursar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.sandbox.evm.EvmNode;
import io.bursar.sandbox.evm.EvmNodeConfig;
import io.bursar.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo keeps its contract with the scripts that start it: what it writes, prints, keeps and refuses. */
class DemoTest {
    private static final long BASE = 8453;
    /** The last three are the demo's own notes. */
    private static final List<String> KEYS = List.of(
            "baseUrl",
            "operator{email,password}",
            "viewer{email,password}",
            "partner{id,apiKey,webhookSecret}",
            "merchant{id}",
            "sandbox{evmRpcUrl,mailUrl,webhookReceiverUrl,fxUrl,smtpPort}",
            "databaseUrl",
            "triageDatabaseUrl",
            "chainId",
            "genesis",
            "complete");

    @TempDir
    Path directory;

    private record Payment(String id, String amount, String address) {}

    @Test
    void a_demo_keeps_its_contract_its_data_and_its_chain() throws Exception {
        var home = directory.resolve("demo");
        JsonNode first;
        List<Payment> payments;
        String block;
        try (var demo = DemoProcess.start(home)) {
            var address = demo.ready();
            first = demo.contract();
            assertThat(address).isEqualTo(first.path("baseUrl").stringValue());
            contractIsKept(demo, first);
            databasesOpen(first);
            payments = payments(first);
            assertThat(payments).hasSize(9);
            block = blockOne(first);
        }
        otherChainIsRefused(home);
        try (var demo = DemoProcess.start(home)) {
            demo.ready();
            var second = demo.contract();
            assertThat(second.path("partner")).isEqualTo(first.path("partner"));
            assertThat(second.path("genesis")).isEqualTo(first.path("genesis"));
            assertThat(second.path("sandbox")).isEqualTo(first.path("sandbox"));
            assertThat(payments(second)).isEqualTo(payments);
            assertThat(blockOne(second)).isEqualTo(block);
            assertThat(Files.readString(home.resolve("logs/app.log")))
                    .contains("chain")
                    .doesNotContain("reorg, blocks");
        }
    }

    private static void contractIsKept(DemoProcess demo, JsonNode contract) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(demo.file())))
                .isEqualTo("rw-------");
        assertThat(keys(contract)).containsExactlyInAnyOrderElementsOf(KEYS);
        var operator = contract.path("operator");
        assertThat(demo.said())
                .contains(
                        operator.path("email").stringValue(),
                        operator.path("password").stringValue());
        for (var who : List.of("operator", "viewer")) {
            var signIn = Json.read(contract.path(who).toString(), DemoFile.SignIn.class);
            var console = new DemoConsole(contract.path("baseUrl").stringValue()).signIn(signIn);
            assertThat(console.open("/console").html()).contains("Northwind");
        }
    }

    private static List<String> keys(JsonNode contract) {
        var keys = new ArrayList<String>();
        contract.properties()
                .forEach(entry -> keys.add(
                        entry.getValue().isObject()
                                ? entry.getKey() + "{"
                                        + String.join(",", entry.getValue().propertyNames()) + "}"
                                : entry.getKey()));
        return keys;
    }

    /** The owner may do everything, triage may look. */
    private static void databasesOpen(JsonNode contract) throws SQLException {
        var question = "SELECT count(*) FROM stablecoin.payment_request";
        var change = "UPDATE stablecoin.partner SET name = name WHERE false";
        var owner = contract.path("databaseUrl").stringValue();
        var triage = contract.path("triageDatabaseUrl").stringValue();
        assertThat(run(owner, question)).isEqualTo("9");
        assertThat(run(owner, change)).isEmpty();
        assertThat(run(triage, "SELECT current_user")).isEqualTo("bursar_triage");
        assertThatThrownBy(() -> run(triage, change)).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> run(triage, "CREATE TABLE public.mine (x int)"))
                .hasMessageContaining("permission denied");
    }

    /** Answers the first column of the first row, if there is one. */
    private static String run(String psqlUrl, String sql) throws SQLException {
        var url = URI.create(psqlUrl);
        var login = url.getUserInfo().split(":", 2);
        var jdbcUrl = "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath());
        try (var connection = DriverManager.getConnection(jdbcUrl, login[0], login[1]);
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }

    private static List<Payment> payments(JsonNode contract) {
        var answer = Web.send(Web.request(contract.path("baseUrl").stringValue() + "/api/v1/payment-requests?limit=50")
                .header(
                        "Authorization",
                        "Bearer " + contract.path("partner").path("apiKey").stringValue())
                .GET());
        var payments = new ArrayList<Payment>();
        Json.parse(answer.body())
                .path("items")
                .forEach(each -> payments.add(new Payment(
                        each.path("id").stringValue(),
                        each.path("amount").stringValue(),
                        each.path("address").stringValue())));
        return payments;
    }

    private static String blockOne(JsonNode contract) {
        var question =
                Map.of("jsonrpc", "2.0", "id", 1, "method", "eth_getBlockByNumber", "params", List.of("0x1", false));
        var node = contract.path("sandbox").path("evmRpcUrl").stringValue();
        var hash = Json.parse(Web.post(node, Json.write(question)).body())
                .path("result")
                .path("hash");
        return hash.stringValue();
    }

    private void otherChainIsRefused(Path home) {
        var elsewhere = new EvmNodeConfig(BASE, directory.resolve("elsewhere"), 0, Clock.systemUTC());
        try (var node = EvmNode.start(elsewhere);
                var demo = DemoProcess.start(home, "--evm-rpc", node.url())) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.said()).contains("another chain", "--fresh").doesNotContain("ready ");
        }
    }
}
