package io.bursar.books.api;

import static io.bursar.books.api.Bookkeeper.LEDGER;
import static io.bursar.books.api.Bookkeeper.deposit;
import static io.bursar.books.api.Bookkeeper.json;
import static io.bursar.books.api.Bookkeeper.move;
import static io.bursar.books.api.Bookkeeper.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.identity.Scope;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LedgerApiTest {
    private static final TestBursar BURSAR = TestBursar.shared();
    private static final Bookkeeper REFUSING = new Bookkeeper(BURSAR);

    private final Bookkeeper keeper = new Bookkeeper(BURSAR);

    @Test
    void a_posting_is_answered_with_both_accounts_as_it_left_them_and_read_back() {
        HttpResponse<String> answer = keeper.post("deposit-1", deposit(3912));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode leg = json(answer).path("legs").get(0);
        assertThat(leg.path("kind").asString()).isEqualTo("move");
        assertThat(leg.path("debit").path("balance").asLong()).isEqualTo(-3912);
        assertThat(leg.path("credit").path("account").asString()).isEqualTo("wallet/7");
        assertThat(leg.path("credit").path("balance").asLong()).isEqualTo(3912);
        assertThat(json(answer).path("reference").asString()).matches("api/[0-9a-f-]{36}/deposit-1");
        JsonNode listed =
                json(keeper.api.get(answer.headers().firstValue("Location").orElseThrow()));
        JsonNode row = listed.path("items").get(0);
        assertThat(row.path("id")).isEqualTo(leg.path("id"));
        assertThat(row.path("unit").asString() + row.path("scale").asInt()).isEqualTo("USD2");
        assertThat(keeper.get("/transfers/" + leg.path("id").asString())).isEqualTo(row);
    }

    @Test
    void the_same_key_posts_once_for_ever_and_other_content_is_refused() {
        HttpResponse<String> first = keeper.post("order-7", deposit(100));
        HttpResponse<String> again = keeper.post("order-7", deposit(100));

        assertThat(again.statusCode()).isEqualTo(first.statusCode()).isEqualTo(201);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(refusal(keeper.post("order-7", deposit(101)))).isEqualTo("409 reference_conflict");
        assertThat(keeper.balance()).isEqualTo(100);
    }

    @Test
    void of_many_requests_at_once_with_one_key_one_posts() throws InterruptedException, ExecutionException {
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 16; caller++) {
                answers.add(callers.submit(() -> keeper.post("at-once", deposit(50))));
            }
            List<String> bodies = new ArrayList<>();
            int replayed = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(201);
                bodies.add(answer.get().body());
                replayed += answer.get()
                                .headers()
                                .firstValue("Idempotency-Replayed")
                                .isPresent()
                        ? 1
                        : 0;
            }
            assertThat(Set.copyOf(bodies)).hasSize(1);
            assertThat(replayed).isEqualTo(15);
        }
        assertThat(keeper.balance()).isEqualTo(50);
    }

    @Test
    void a_refused_posting_leaves_its_key_free_and_is_judged_anew() {
        assertThat(refusal(keeper.post("spend", move("wallet/7", "bank", 10)))).isEqualTo("409 insufficient_funds");
        keeper.post("fund", deposit(10));
        assertThat(keeper.post("spend", move("wallet/7", "bank", 10)).statusCode())
                .isEqualTo(201);
        assertThat(keeper.balance()).isZero();
    }

    @Test
    void the_legs_of_a_posting_happen_all_or_none_and_the_wrong_one_is_named() {
        HttpResponse<String> answer = keeper.post("linked", deposit(10), move("wallet/7", "nobody", 5));

        assertThat(refusal(answer)).isEqualTo("422 unknown_account");
        assertThat(json(answer).path("leg").asInt()).isEqualTo(1);
        assertThat(keeper.balance()).isZero();
    }

    @Test
    void a_hold_is_committed_in_part_and_the_rest_released() {
        keeper.post("fund", deposit(100));
        String side = "\"unit\":\"USD\",\"scale\":2}";
        JsonNode hold = posted("/holds", "h1", "{\"debit\":\"wallet/7\",\"credit\":\"bank\",\"amount\":80," + side);
        assertThat(keeper.get("/accounts/wallet/7").path("available").asLong()).isEqualTo(20);
        String of = "{\"reference\":\"" + hold.path("reference").asString() + "\"";
        String held = "/holds/" + hold.path("legs").get(0).path("id").asString();
        assertThat(keeper.get(held).path("remaining").asLong()).isEqualTo(80);

        posted("/holds/commits", "c1", of + ",\"amount\":30}");
        JsonNode rest = keeper.get(held);
        assertThat(List.of("amount", "committed", "remaining"))
                .extracting(name -> rest.path(name).asLong())
                .containsExactly(80L, 30L, 50L);
        assertThat(rest.path("debit").asString()).isEqualTo("wallet/7");
        assertThat(keeper.balance()).isEqualTo(70);
        assertThat(refusal(send("/holds/commits", "c2", of + ",\"amount\":51}")))
                .isEqualTo("409 hold_exceeded");
        posted("/holds/releases", "r1", of + "}");

        assertThat(keeper.get(held).path("remaining").asLong()).isZero();
        assertThat(keeper.get(held).path("committed").asLong()).isEqualTo(30);
        assertThat(keeper.get("/accounts/wallet/7").path("available").asLong()).isEqualTo(70);
        assertThat(refusal(send("/holds/releases", "r2", of + "}"))).isEqualTo("409 hold_settled");
        assertThat(refusal(send("/holds/commits", "c3", "{\"reference\":\"api/nothing\"}")))
                .isEqualTo("422 hold_unknown");
    }

    @Test
    void every_kind_of_leg_goes_through_one_route() {
        JsonNode funded = json(keeper.post("fund", deposit(100)));
        JsonNode held = json(keeper.post(
                "hold",
                deposit(7).replace("move", "pend").replace("}", "") + ",\"expiresAt\":\"2999-01-01T00:00:00Z\"}"));
        String ofHold = "\"reference\":\"" + held.path("reference").asString() + "\"";
        String ofFunding = "\"reference\":\"" + funded.path("reference").asString() + "\"";

        HttpResponse<String> all = keeper.post(
                "rest",
                "{\"kind\":\"commit\"," + ofHold + ",\"leg\":0,\"amount\":4}",
                "{\"kind\":\"release\"," + ofHold + "}",
                "{\"kind\":\"reverse\"," + ofFunding + ",\"amount\":1}");

        assertThat(all.statusCode()).as(all.body()).isEqualTo(201);
        assertThat(json(all)
                        .path("legs")
                        .valueStream()
                        .map(leg -> leg.path("kind").asString()))
                .containsExactly("commit", "release", "reverse");
        assertThat(keeper.balance()).isEqualTo(103);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # leg (M: a move without amount, A: without unit and scale, B: without its sides) | status and code | field
            {M,"amount":0} | 422 amount_invalid | legs[0].amount
            {M,"amount":-5} | 422 amount_invalid | legs[0].amount
            {M,"amount":"5"} | 422 invalid_field | legs[0].amount
            {M,"amount":5.0} | 422 invalid_field | legs[0].amount
            {M,"amount":9223372036854775808} | 422 invalid_field | legs[0].amount
            {M} | 422 field_required | legs[0].amount
            {M,"amount":5,"note":"x"} | 422 unknown_field | legs[0].note
            {M,"amount":5,"expiresAt":"2999-01-01T00:00:00Z"} | 422 unknown_field | legs[0].expiresAt
            {"kind":"grant"} | 422 leg_kind_unknown | legs[0].kind
            {"kind":7} | 422 invalid_field | legs[0].kind
            {"kind":"commit","reference":"x","leg":10000} | 422 leg_invalid | legs[0].leg
            {"kind":"commit","reference":" "} | 422 reference_invalid | legs[0].reference
            {"kind":"commit","reference":"\\u0000"} | 422 reference_invalid | legs[0].reference
            {B,"debit":"bank","credit":"bank"} | 422 same_account | legs[0].credit
            {B,"debit":"a b","credit":"bank"} | 422 path_invalid | legs[0].debit
            {A,"unit":"US D","scale":2} | 422 unit_invalid | legs[0].unit
            {A,"unit":"USD","scale":19} | 422 scale_invalid | legs[0].scale
            {A,"unit":"EUR","scale":2} | 422 unit_mismatch | ``
            "move" | 422 invalid_field | legs[0]
            {M,"amount":5 | 400 malformed_json | ``
            """)
    void a_leg_that_cannot_be_taken_is_refused_by_name(String leg, String expected, String field) {
        String sides = "\"debit\":\"bank\",\"credit\":\"wallet/7\"";
        String unit = "\"unit\":\"USD\",\"scale\":2";
        HttpResponse<String> answer = REFUSING.post(
                "refused",
                leg.replace("{M", "{\"kind\":\"move\"," + sides + "," + unit)
                        .replace("{A", "{\"kind\":\"move\",\"amount\":5," + sides)
                        .replace("{B", "{\"kind\":\"move\",\"amount\":5," + unit));

        assertThat(refusal(answer)).as(answer.body()).isEqualTo(expected);
        assertThat(json(answer).path("field").asString("")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"legs":[]}                          | 422 invalid_field
            {"legs":{}}                          | 422 invalid_field
            {}                                   | 422 field_required
            {"legs":[],"legs":[]}                | 400 malformed_json
            {"legs":[]} x                        | 400 malformed_json
            []                                   | 400 malformed_json
            ``                                   | 400 malformed_json
            {"legs":[M],"effectiveDate":"tomorrow"} | 422 date_invalid
            {"legs":[M],"effectiveDate":"2026-02-30"} | 422 date_invalid
            {"legs":[M],"memo":"\\u0000"}        | 422 memo_invalid
            {"legs":[M],"book":"other"}          | 422 unknown_field
            """)
    void a_posting_that_cannot_be_taken_is_refused(String body, String expected) {
        HttpResponse<String> answer = REFUSING.api.json(
                "POST", LEDGER + "/transfers", body.replace("[M]", "[" + deposit(5) + "]"), "refused");

        assertThat(refusal(answer)).as(answer.body()).isEqualTo(expected);
    }

    @Test
    void money_does_not_move_without_a_key_that_can_be_a_reference() {
        String body = Bookkeeper.body(deposit(5));
        assertThat(refusal(keeper.api.json("POST", LEDGER + "/transfers", body)))
                .isEqualTo("422 idempotency_key_required");
        assertThat(refusal(keeper.post("with a space", deposit(5)))).isEqualTo("422 idempotency_key_invalid");
        assertThat(refusal(keeper.post("k".repeat(256), deposit(5)))).isEqualTo("422 idempotency_key_invalid");
        assertThat(keeper.post("k".repeat(255), deposit(5)).statusCode()).isEqualTo(201);
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        String large = Bookkeeper.body(deposit(5)) + " ".repeat(64 * 1024);
        assertThat(refusal(keeper.api.json("POST", LEDGER + "/transfers", large, "large")))
                .isEqualTo("413 body_too_large");
    }

    @Test
    void a_scope_that_is_missing_is_named_and_nobody_passes_without_a_key() {
        Browser reader = keeper.with(Set.of(Scope.LEDGER_READ));
        Browser poster = keeper.with(Set.of(Scope.LEDGER_POST));
        String body = Bookkeeper.body(deposit(5));

        HttpResponse<String> refused = reader.json("POST", LEDGER + "/transfers", body, "k");
        assertThat(refusal(refused)).isEqualTo("403 scope_missing");
        assertThat(json(refused).path("scope").asString()).isEqualTo("ledger:post");
        assertThat(refusal(poster.get(LEDGER + "/accounts"))).isEqualTo("403 scope_missing");
        assertThat(reader.get(LEDGER + "/accounts").statusCode()).isEqualTo(200);
        assertThat(poster.json("POST", LEDGER + "/transfers", body, "k").statusCode())
                .isEqualTo(201);
        assertThat(refusal(BURSAR.browser().json("POST", LEDGER + "/transfers", body, "k")))
                .isEqualTo("401 unauthorized");
        assertThat(refusal(keeper.api.get("/api/v1/payment-requests"))).isEqualTo("401 unauthorized");
    }

    @Test
    void what_is_in_another_book_does_not_exist() {
        keeper.open("{\"path\":\"secret\",\"unit\":\"USD\",\"scale\":2}");
        JsonNode theirs = json(keeper.post("theirs", deposit(5)));
        String held = json(keeper.post("held", deposit(5).replace("move", "pend")))
                .path("legs")
                .get(0)
                .path("id")
                .asString();
        assertThat(keeper.get("/holds/" + held).path("remaining").asLong()).isEqualTo(5);
        Bookkeeper stranger = new Bookkeeper(BURSAR);
        String reference = theirs.path("reference").asString();

        for (String path : List.of(
                "/accounts/secret",
                "/statements/secret",
                "/balances/secret",
                "/holds/" + held,
                "/transfers/" + theirs.path("legs").get(0).path("id").asString(),
                "/transfers?reference=" + reference)) {
            assertThat(refusal(stranger.api.get(LEDGER + path))).as(path).isEqualTo("404 not_found");
        }
        assertThat(refusal(stranger.post("steal", "{\"kind\":\"reverse\",\"reference\":\"" + reference + "\"}")))
                .isEqualTo("422 original_unknown");
        assertThat(refusal(stranger.post("steal", move("secret", "wallet/7", 5))))
                .isEqualTo("422 unknown_account");
        assertThat(stranger.get("/accounts").toString()).doesNotContain("secret");
        assertThat(stranger.get("/transfers").path("items").size()).isZero();
        assertThat(stranger.post("theirs", deposit(5)).statusCode()).isEqualTo(201);
        assertThat(keeper.balance()).isEqualTo(5);
    }

    @Test
    void a_statement_a_list_and_the_accounts_are_read_page_by_page() {
        for (int day = 1; day <= 3; day++) {
            keeper.post("day-" + day, deposit(day));
        }
        JsonNode first = keeper.get("/statements/wallet/7?limit=2");
        assertThat(balances(first)).containsExactly(6L, 3L);
        JsonNode rest = keeper.get("/statements/wallet/7?limit=2&cursor="
                + first.path("nextCursor").asString());
        assertThat(balances(rest)).containsExactly(1L);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        JsonNode transfers = keeper.get("/transfers?limit=2");
        assertThat(keeper.get("/transfers?limit=2&cursor="
                                + transfers.path("nextCursor").asString())
                        .path("items")
                        .size())
                .isEqualTo(1);
        JsonNode accounts = keeper.get("/accounts?limit=1");
        assertThat(keeper.get("/accounts?cursor=" + accounts.path("nextCursor").asString())
                        .path("items")
                        .get(0)
                        .path("path")
                        .asString())
                .isEqualTo("wallet/7");
        assertThat(keeper.get("/accounts?prefix=wal").path("items").size()).isEqualTo(1);
        for (String list : List.of("/statements/wallet/7", "/transfers")) {
            assertThat(refusal(keeper.api.get(LEDGER + list + "?cursor=x"))).isEqualTo("422 cursor_invalid");
            assertThat(refusal(keeper.api.get(LEDGER + list + "?limit=0"))).isEqualTo("422 limit_invalid");
        }
        assertThat(refusal(keeper.api.get(LEDGER + "/accounts?prefix=%00"))).isEqualTo("422 prefix_invalid");
    }

    @Test
    void a_balance_is_told_at_any_moment_and_the_book_balances() {
        JsonNode first = json(keeper.post("first", deposit(10)));
        BURSAR.clock().forward(Duration.ofSeconds(1));
        keeper.post("second", deposit(5));
        String then = first.path("postedAt").asString();

        assertThat(keeper.get("/balances/wallet/7?at=" + then).path("balance").asLong())
                .isEqualTo(10);
        assertThat(keeper.get("/balances/wallet/7?at=1999-01-01T00:00:00Z")
                        .path("balance")
                        .asLong())
                .isZero();
        assertThat(keeper.get("/balances/wallet/7").path("balance").asLong()).isEqualTo(15);
        assertThat(refusal(keeper.api.get(LEDGER + "/balances/wallet/7?at=now")))
                .isEqualTo("422 time_invalid");
        JsonNode usd = keeper.get("/trial-balance").path("items").get(0);
        assertThat(usd.path("debitBalances").asLong()).isEqualTo(15);
        assertThat(usd.path("balanced").asBoolean()).isTrue();
        assertThat(keeper.get("/trial-balance?through=1999-01-01").toString()).doesNotContain("15");
        assertThat(refusal(keeper.api.get(LEDGER + "/trial-balance?through=1999")))
                .isEqualTo("422 date_invalid");
    }

    @Test
    void an_account_is_opened_once_and_never_differently() {
        String account = "{\"path\":\"fees\",\"unit\":\"USD\",\"scale\":2,\"floor\":-500,\"ceiling\":1000}";
        HttpResponse<String> opened = keeper.api.json("POST", LEDGER + "/accounts", account);
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(keeper.api
                        .get(opened.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("\"floor\":-500", "\"ceiling\":1000");
        assertThat(keeper.api.json("POST", LEDGER + "/accounts", account).statusCode())
                .isEqualTo(200);
        assertThat(refusal(keeper.api.json("POST", LEDGER + "/accounts", account.replace("1000", "1001"))))
                .isEqualTo("409 account_differs");
        assertThat(refusal(keeper.api.json("POST", LEDGER + "/accounts", account.replace("-500", "5"))))
                .isEqualTo("422 limit_of_account_invalid");
        assertThat(refusal(keeper.api.json("POST", LEDGER + "/accounts", account.replace("fees", "a/../b"))))
                .isEqualTo("422 path_invalid");
        assertThat(refusal(keeper.post("over", move("bank", "fees", 1001)))).isEqualTo("409 ceiling_exceeded");
    }

    @Test
    void the_api_describes_itself() {
        JsonNode paths = json(BURSAR.browser().get("/api/openapi.json")).path("paths");
        assertThat(paths.path(LEDGER + "/transfers")
                        .path("post")
                        .path("responses")
                        .path("409")
                        .path("description")
                        .asString())
                .contains("insufficient_funds");
        for (String posting : List.of("/transfers", "/holds", "/holds/commits", "/holds/releases")) {
            assertThat(paths.path(LEDGER + posting)
                            .path("post")
                            .path("responses")
                            .propertyNames())
                    .as(posting)
                    .contains("201", "400", "401", "409", "422", "429", "503");
        }
        assertThat(paths.propertyNames().stream()
                        .filter(path -> path.startsWith(LEDGER))
                        .collect(Collectors.toSet()))
                .hasSize(12);
    }

    private static List<Long> balances(JsonNode page) {
        JsonNode items = page.path("items");
        return IntStream.range(0, items.size())
                .mapToObj(line -> items.get(line).path("balance").asLong())
                .toList();
    }

    private JsonNode posted(String path, String key, String body) {
        HttpResponse<String> answer = send(path, key, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    private HttpResponse<String> send(String path, String key, String body) {
        return keeper.api.json("POST", LEDGER + path, body, key);
    }
}
