package io.bursar.stablecoin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PartnerApiTest {
    private static final String REQUESTS = "/api/v1/payment-requests";
    private static final String HASH = "0x" + "ab".repeat(32);
    private static final DeskOnline DESK = new DeskOnline();
    private static final DeskOnline.Known PARTNER = DESK.partner();
    private static final String MERCHANT = DESK.merchant(PARTNER);

    private final Browser api = DESK.api(PARTNER);

    @AfterAll
    static void stop() {
        DESK.close();
    }

    @Test
    void a_request_is_made_at_a_locked_rate_and_read_back() {
        HttpResponse<String> made = api.json("POST", REQUESTS, DeskOnline.body(MERCHANT, "39.12", "EUR"));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode request = json(made);
        assertThat(request.path("status").asString()).isEqualTo("waiting");
        assertThat(request.path("amount").asString()).isEqualTo("39.12");
        assertThat(request.path("assetAmount").asString()).isEqualTo("42.499968");
        assertThat(request.path("chainId").asLong()).isEqualTo(8453);
        assertThat(request.path("token").asString()).isEqualTo("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
        assertThat(request.path("address").asString()).matches("0x[0-9a-fA-F]{40}");
        assertThat(request.path("payUrl").asString()).endsWith("/pay/" + id(request));
        assertThat(request.path("rate").path("value").asString()).isEqualTo("1.0864");
        assertThat(request.path("rate").path("source").asString()).isEqualTo("ecb");
        assertThat(request.path("proof").path("status").asString()).isEqualTo("none");
        assertThat(made.headers().firstValue("Location")).contains(REQUESTS + "/" + id(request));
        assertThat(json(api.get(REQUESTS + "/" + id(request)))).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # body (M is the merchant's id)                                    | status | code                 | field
            {"merchantId":"M","amount":"-1.00","currency":"EUR"}               | 422 | amount_negative      | amount
            {"merchantId":"M","amount":"0","currency":"EUR"}                   | 422 | amount_zero          | amount
            {"merchantId":"M","amount":"39.123","currency":"EUR"}              | 422 | amount_too_precise   | amount
            {"merchantId":"M","amount":"1000000000000","currency":"EUR"}       | 422 | amount_too_large     | amount
            {"merchantId":"M","amount":"0.99","currency":"EUR"}                | 422 | amount_below_minimum | amount
            {"merchantId":"M","amount":"1e2","currency":"EUR"}                 | 422 | amount_invalid       | amount
            {"merchantId":"M","amount":39.12,"currency":"EUR"}                 | 422 | invalid_field        | amount
            {"merchantId":"M","currency":"EUR"}                                | 422 | field_required       | amount
            {"merchantId":"M","amount":"5.00","currency":"XAU"}                | 422 | currency_unsupported | currency
            {"merchantId":"M","amount":"5.00","currency":"EUR","note":"x"}     | 422 | unknown_field        | note
            {"merchantId":"M","amount":"5.00","currency":"EUR","reference":" "} | 422 | reference_invalid    | reference
            {"merchantId":"M","amount":"5","currency":"EUR","reference":"\\u0000"} | 422 | reference_invalid | reference
            {"merchantId":"mer_x","amount":"5.00","currency":"EUR"}            | 404 | not_found            | ``
            {"merchantId":"M","amount":"5.00","currency":"EUR"                 | 400 | malformed_json       | ``
            {"merchantId":"M","amount":"5","amount":"6","currency":"EUR"}      | 400 | malformed_json       | ``
            {"merchantId":"M","amount":"5.00","currency":"EUR"} {}             | 400 | malformed_json       | ``
            []                                                                 | 400 | malformed_json       | ``
            ``                                                                 | 400 | malformed_json       | ``
            """)
    void what_cannot_be_taken_is_refused_by_name(String body, int status, String code, String field) {
        HttpResponse<String> answer = api.json("POST", REQUESTS, body.replace("\"M\"", "\"" + MERCHANT + "\""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer).path("code").asString()).isEqualTo(code);
        assertThat(json(answer).path("field").asString("")).isEqualTo(field);
        assertThat(json(answer).path("detail").asString()).isNotBlank();
        assertThat(json(answer).path("requestId").asString()).isNotBlank();
    }

    @Test
    void a_request_repeated_under_its_key_is_the_same_request() {
        String body = DeskOnline.body(MERCHANT, "7.00", "EUR");
        HttpResponse<String> first = api.json("POST", REQUESTS, body, "order-7");
        HttpResponse<String> again = api.json("POST", REQUESTS, body, "order-7");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(json(api.json("POST", REQUESTS, DeskOnline.body(MERCHANT, "8.00", "EUR"), "order-7"))
                        .path("code")
                        .asString())
                .isEqualTo("idempotency_key_reused");
    }

    @Test
    void without_a_known_key_nobody_is_answered() {
        assertThat(DESK.bursar.browser().get(REQUESTS).statusCode()).isEqualTo(401);
        assertThat(DESK.bursar.browser().withKey("bk_live_nobody").get(REQUESTS).statusCode())
                .isEqualTo(401);
    }

    @Test
    void what_belongs_to_another_partner_does_not_exist() {
        DeskOnline.Known other = DESK.partner();
        String theirs = DESK.merchant(other);
        String request = id(json(DESK.api(other).json("POST", REQUESTS, DeskOnline.body(theirs, "5.00", "EUR"))));

        assertThat(api.get(REQUESTS + "/" + request).statusCode()).isEqualTo(404);
        assertThat(api.get(REQUESTS + "/" + request + "/chain-transfers").statusCode())
                .isEqualTo(404);
        assertThat(api.get(REQUESTS + "/" + request + "/deliveries").statusCode())
                .isEqualTo(404);
        assertThat(api.json("PUT", REQUESTS + "/" + request + "/proof", "{\"txHash\":\"" + HASH + "\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.json("POST", REQUESTS, DeskOnline.body(theirs, "5.00", "EUR"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.get(REQUESTS).body()).doesNotContain(request);
    }

    @Test
    void a_list_is_read_page_by_page_and_by_status() {
        DeskOnline.Known lister = DESK.partner();
        String shop = DESK.merchant(lister);
        Browser listing = DESK.api(lister);
        List<String> made = List.of("1.00", "2.00", "3.00").stream()
                .map(amount -> id(json(listing.json("POST", REQUESTS, DeskOnline.body(shop, amount, "EUR")))))
                .toList();

        JsonNode first = json(listing.get(REQUESTS + "?limit=2"));
        assertThat(ids(first)).containsExactly(made.get(2), made.get(1));
        JsonNode second = json(listing.get(
                REQUESTS + "?limit=2&cursor=" + first.path("nextCursor").asString()));
        assertThat(ids(second)).containsExactly(made.get(0));
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(ids(json(listing.get(REQUESTS + "?status=waiting")))).hasSize(3);
        assertThat(ids(json(listing.get(REQUESTS + "?status=verified")))).isEmpty();
        assertThat(json(listing.get(REQUESTS + "?status=paid")).path("code").asString())
                .isEqualTo("status_invalid");
        assertThat(json(listing.get(REQUESTS + "?cursor=x")).path("code").asString())
                .isEqualTo("cursor_invalid");
        assertThat(json(listing.get(REQUESTS + "?limit=0")).path("code").asString())
                .isEqualTo("limit_invalid");
    }

    @Test
    void a_hash_is_attached_as_a_hint() {
        String request = id(json(api.json("POST", REQUESTS, DeskOnline.body(MERCHANT, "5.00", "EUR"))));
        String proof = REQUESTS + "/" + request + "/proof";

        JsonNode attached = json(api.json("PUT", proof, "{\"txHash\":\"" + HASH + "\"}"));

        assertThat(attached.path("proof").path("status").asString()).isEqualTo("attached");
        assertThat(attached.path("proof").path("txHash").asString()).isEqualTo(HASH);
        assertThat(attached.path("status").asString()).isEqualTo("checking");
        assertThat(json(api.json("PUT", proof, "{\"txHash\":\"0x12\"}"))
                        .path("code")
                        .asString())
                .isEqualTo("tx_hash_invalid");
        assertThat(json(api.get(REQUESTS + "/" + request + "/chain-transfers"))
                        .path("items")
                        .size())
                .isZero();
        assertThat(json(api.get(REQUESTS + "/" + request + "/deliveries"))
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void the_28_currencies_are_listed() {
        JsonNode currencies = json(api.get("/api/v1/currencies")).path("items");

        assertThat(currencies.size()).isEqualTo(28);
        assertThat(currencies.get(0).path("code").asString()).hasSize(3);
    }

    @Test
    void the_api_describes_itself() {
        JsonNode description = json(DESK.bursar.browser().get("/api/openapi.json"));

        assertThat(description.path("paths").has(REQUESTS)).isTrue();
        assertThat(description.path("paths").has("/console/payments")).isFalse();
        assertThat(description
                        .path("components")
                        .path("securitySchemes")
                        .path("apiKey")
                        .path("scheme")
                        .asString())
                .isEqualTo("bearer");
        assertThat(description
                        .path("components")
                        .path("schemas")
                        .path("PaymentRequest")
                        .path("properties")
                        .has("payUrl"))
                .isTrue();
        assertThat(description
                        .path("paths")
                        .path(REQUESTS)
                        .path("post")
                        .path("responses")
                        .path("422")
                        .path("description")
                        .asString())
                .contains("amount_negative");
        assertThat(description
                        .path("components")
                        .path("schemas")
                        .path("Problem")
                        .path("properties")
                        .has("code"))
                .isTrue();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String id(JsonNode request) {
        return request.path("id").asString();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items").valueStream().map(PartnerApiTest::id).toList();
    }
}
