package io.bursar.stablecoin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class StablecoinPagesTest {
    private static final String PARTNERS = "/console/stablecoin/partners";
    private static final DeskOnline DESK = new DeskOnline();
    private static final DeskOnline.Known PARTNER = DESK.partner();
    private static final String MERCHANT = DESK.merchant(PARTNER);
    private static final String REQUEST = request("39.12");

    @AfterAll
    static void stop() {
        DESK.close();
    }

    @Test
    void secrets_are_shown_once_and_on_no_other_page() {
        String page = DESK.admin.get(PARTNERS + "/" + PARTNER.id()).body();

        assertThat(PARTNER.apiKey()).startsWith("bk_");
        assertThat(PARTNER.webhookSecret()).startsWith("whsec_");
        assertThat(page).contains(PARTNER.id()).doesNotContain(PARTNER.apiKey(), PARTNER.webhookSecret());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # field           | value                    | code
            name              | ``                       | name_invalid
            slug              | No Slug                  | slug_invalid
            chain             | 56                       | chain_unsupported
            asset             | DAI                      | asset_unsupported
            displayCurrency   | XAU                      | currency_unsupported
            minFiatPerRequest | 0                        | amount_zero
            minFiatPerRequest | 1.234                    | amount_too_precise
            webhookUrl        | http://example.com/hook  | webhook_url_refused
            webhookUrl        | https://127.0.0.1/hook   | webhook_url_refused
            webhookUrl        | https://10.1.2.3/hook    | webhook_url_refused
            webhookUrl        | ``                       | webhook_url_refused
            brandColor        | red                      | color_invalid
            tier              | instant                  | tier_unknown
            """)
    void a_partner_that_cannot_be_is_refused_by_field(String field, String value, String code) {
        Map<String, String> form = new HashMap<>(DESK.partnerForm());
        form.put(field, value);

        HttpResponse<String> answer = DESK.admin.submit(PARTNERS + "/new", PARTNERS, form);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("data-code=\"" + code + "\"");
    }

    @Test
    void eurc_is_refused_by_name_where_it_is_not_issued() {
        Map<String, String> form = new HashMap<>(DESK.partnerForm());
        form.putAll(Map.of("chain", "137", "asset", "EURC"));

        HttpResponse<String> answer = DESK.admin.submit(PARTNERS + "/new", PARTNERS, form);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Circle issues no EURC on Polygon PoS");
    }

    @Test
    void whoever_creates_a_partner_is_told_what_crediting_early_costs() {
        Map<String, String> form = new HashMap<>(DESK.partnerForm());
        form.put("tier", "fast");

        assertThat(DESK.admin.get(PARTNERS + "/new").body())
                .containsPattern("<option value=\"final\"\\s+selected=\"selected\">Final: cannot be undone")
                .contains("the merchant’s wallet is debited", "the merchant owes", "payment.reversed");
        HttpResponse<String> made = DESK.admin.submit(PARTNERS + "/new", PARTNERS, form);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(DESK.admin
                        .get(PARTNERS + "/" + DeskOnline.shown(made, "id=\"partner-id\">([^<]+)<"))
                        .body())
                .contains("Credited after 1 block. A reorg debits the merchant.");
    }

    @Test
    void an_administrator_changes_when_payments_are_credited_and_says_why() {
        DeskOnline.Known partner = DESK.partner();
        String page = PARTNERS + "/" + partner.id();
        assertThat(DESK.admin.get(page).body()).contains("Credited once it cannot be undone.");

        HttpResponse<String> silent = DESK.admin.submit(page, page + "/tier", Map.of("tier", "safe", "reason", " "));
        assertThat(silent.statusCode()).isEqualTo(422);
        assertThat(silent.body()).contains("data-code=\"reason_required\"", "Credited once it cannot be undone.");
        HttpResponse<String> unknown = DESK.admin.submit(page, page + "/tier", Map.of("tier", "now", "reason", "x"));
        assertThat(unknown.body()).contains("data-code=\"tier_unknown\"");

        HttpResponse<String> changed =
                DESK.admin.submit(page, page + "/tier", Map.of("tier", "safe", "reason", "Their wish, by mail"));
        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(DESK.admin.get(page).body()).contains("Credited once the network calls it safe.");
        assertThat(DESK.admin.get("/console/audit?action=partner.tier_changed").body())
                .contains("partner.tier_changed", "Their wish, by mail");
    }

    @Test
    void without_the_forms_token_no_tier_is_changed() {
        String page = PARTNERS + "/" + PARTNER.id();
        assertThat(DESK.admin
                        .post(page + "/tier", Map.of("tier", "fast", "reason", "forged"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(DESK.admin.get(page).body()).contains("Credited once it cannot be undone.");
    }

    @Test
    void an_invitation_shows_who_invites_and_is_accepted_once() {
        String link = DESK.inviteLink(DESK.invited(PARTNER));
        Browser visitor = DESK.bursar.browser();

        assertThat(visitor.get(link).body()).contains("Accept the invitation");
        HttpResponse<String> accepted = visitor.submit(link, link, Map.of());
        assertThat(accepted.statusCode()).isEqualTo(200);
        assertThat(accepted.body()).contains("id=\"wallet\"");
        HttpResponse<String> again = visitor.get(link);
        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(again.body()).contains("was accepted already");
        assertThat(visitor.get("/invite/" + "x".repeat(43)).statusCode()).isEqualTo(404);
    }

    @Test
    void the_pay_page_tells_what_to_pay_where_and_until_when() {
        HttpResponse<String> page = DESK.bursar.browser().get("/pay/" + REQUEST);

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("Coffee", "42.499968 USDC", "39.12 EUR", "Base", "Waiting for your payment")
                .contains("href=\"ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer?address=0x")
                .contains(
                        "viewBox=\"0 0 57 57\"", "hx-get=\"/pay/" + REQUEST + "/status?payable=true&amp;shown=waiting-")
                .contains("Only USDC on Base.")
                .doesNotContain("style=\"");
    }

    @Test
    void the_status_is_told_only_when_it_changed() {
        Browser visitor = DESK.bursar.browser();
        String status = "/pay/" + REQUEST + "/status";
        HttpResponse<String> first = visitor.get(status + "?payable=true&shown=");
        String shown = first.body().replaceAll("(?s).*data-status=\"([^\"]+)\".*", "$1");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).startsWith("<div").contains("Waiting for your payment");
        assertThat(visitor.get(status + "?payable=true&shown=" + shown).statusCode())
                .isEqualTo(204);
        HttpResponse<String> whole = visitor.get(status + "?payable=false&shown=" + shown);
        assertThat(whole.headers().firstValue("HX-Retarget")).contains("main");
        assertThat(whole.body()).startsWith("<main").contains("Open in wallet").doesNotContain("<html");
    }

    @Test
    void a_pasted_hash_is_taken_from_the_pay_page() {
        HttpResponse<String> made =
                DESK.api(PARTNER).json("POST", "/api/v1/payment-requests", DeskOnline.body(MERCHANT, "5.00", "EUR"));
        String page =
                "/pay/" + JsonMapper.shared().readTree(made.body()).path("id").asString();
        Browser visitor = DESK.bursar.browser();

        HttpResponse<String> wrong = visitor.submit(page, page + "/proof", Map.of("txHash", "0x12"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("A transaction hash is 0x and 64");
        HttpResponse<String> taken = visitor.submit(page, page + "/proof", Map.of("txHash", "0x" + "cd".repeat(32)));
        assertThat(taken.statusCode()).isEqualTo(303);
        assertThat(visitor.get(page).body()).contains("Looking for the transaction");
    }

    @Test
    void a_stranger_sees_no_payment_of_that_name_and_is_counted() {
        Browser visitor = DESK.bursar.browser();

        assertThat(visitor.get("/pay/req_nothing").statusCode()).isEqualTo(404);
        assertThat(IntStream.range(0, 70)
                        .map(each -> visitor.get("/pay/req_nothing").statusCode()))
                .contains(429);
    }

    @Test
    void operators_find_payments_by_what_they_have_in_hand() {
        String list = "/console/payments";

        assertThat(DESK.admin.get(list + "/" + REQUEST).body())
                .contains("Why is ", "Is a transaction attached?", "payment_request.created");
        assertThat(DESK.admin.get(list + "?q=" + REQUEST).body()).contains("1 payment<");
        assertThat(DESK.admin.get(list + "?q=no-such-thing").body()).contains("Nothing matches");
        assertThat(DESK.admin
                        .get(list + "?status=verified&partner=" + PARTNER.id())
                        .body())
                .contains("0 payments");
        assertThat(DESK.admin.get("/console/stablecoin/merchants/" + MERCHANT).body())
                .contains("Accepted", "id=\"balance\"", "merchant.accepted");
        assertThat(DESK.admin.get("/console").body()).contains("Latest payments", "Received, 24 h");
        assertThat(DESK.admin.get("/console/stablecoin").body()).contains("Northwind");
    }

    private static String request(String amount) {
        HttpResponse<String> made =
                DESK.api(PARTNER).json("POST", "/api/v1/payment-requests", DeskOnline.body(MERCHANT, amount, "EUR"));
        return JsonMapper.shared().readTree(made.body()).path("id").asString();
    }
}
