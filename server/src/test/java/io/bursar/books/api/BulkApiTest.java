package io.bursar.books.api;

import static io.bursar.books.api.Bookkeeper.LEDGER;
import static io.bursar.books.api.Bookkeeper.deposit;
import static io.bursar.books.api.Bookkeeper.json;
import static io.bursar.books.api.Bookkeeper.move;
import static io.bursar.books.api.Bookkeeper.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.TestBursar;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BulkApiTest {
    private static final String BULK = LEDGER + "/transfers/bulk";
    private final Bookkeeper keeper = new Bookkeeper(TestBursar.shared());

    @Test
    void ten_thousand_transfers_go_in_one_request_and_again_without_effect() {
        String body = each(IntStream.range(0, 10_000)
                .mapToObj(number -> own("item-" + number, deposit(1)))
                .toList());

        JsonNode first = answered(keeper.api.json("POST", BULK, body));
        assertThat(statuses(first)).hasSize(10_000).containsOnly("posted");
        assertThat(keeper.balance()).isEqualTo(10_000);
        JsonNode again = answered(keeper.api.json("POST", BULK, body));

        assertThat(statuses(again)).containsOnly("replayed");
        assertThat(again.path("items").get(9_999).path("posting"))
                .isEqualTo(first.path("items").get(9_999).path("posting"));
        assertThat(keeper.balance()).isEqualTo(10_000);
    }

    @Test
    void each_on_its_own_is_answered_for_itself_and_in_order() {
        JsonNode answer = answered(keeper.api.json(
                "POST",
                BULK,
                each(List.of(
                        own("a", deposit(10)),
                        own("b", move("wallet/7", "bank", 11)),
                        own("c", move("wallet/7", "bank", 10)),
                        own("a", deposit(10)),
                        own("a", deposit(12))))));

        assertThat(statuses(answer)).containsExactly("posted", "rejected", "posted", "replayed", "rejected");
        JsonNode refused = answer.path("items").get(1);
        assertThat(refused.path("idempotencyKey").asString()).isEqualTo("b");
        assertThat(refused.path("problem").path("code").asString()).isEqualTo("insufficient_funds");
        assertThat(answer.path("items").get(4).path("problem").path("code").asString())
                .isEqualTo("reference_conflict");
        assertThat(json(keeper.post("c", move("wallet/7", "bank", 10))).path("reference"))
                .isEqualTo(answer.path("items").get(2).path("posting").path("reference"));
    }

    @Test
    void an_atomic_bulk_posts_whole_or_not_at_all_under_one_key() {
        String spending = atomic(List.of(deposit(10), move("wallet/7", "bank", 11)));
        HttpResponse<String> refused = keeper.api.json("POST", BULK, spending, "all");
        assertThat(refusal(refused)).isEqualTo("409 insufficient_funds");
        assertThat(json(refused).path("leg").asInt()).isEqualTo(1);
        assertThat(keeper.balance()).isZero();
        String all = atomic(IntStream.range(0, 10_000).mapToObj(_ -> deposit(1)).toList());

        HttpResponse<String> posted = keeper.api.json("POST", BULK, all, "all");

        assertThat(posted.statusCode()).isEqualTo(201);
        assertThat(json(posted).path("legs").size()).isEqualTo(10_000);
        assertThat(json(keeper.api.json("POST", BULK, all, "all"))).isEqualTo(json(posted));
        assertThat(keeper.balance()).isEqualTo(10_000);
        assertThat(refusal(keeper.api.json("POST", BULK, all))).isEqualTo("422 idempotency_key_required");
    }

    @Test
    void what_is_too_much_or_not_asked_for_is_refused_before_anything_is_posted() {
        List<String> tooMany = IntStream.range(0, 10_001)
                .mapToObj(number -> own("m-" + number, deposit(1)))
                .toList();
        assertThat(refusal(keeper.api.json("POST", BULK, each(tooMany)))).isEqualTo("422 too_many_legs");
        assertThat(refusal(keeper.api.json(
                        "POST",
                        BULK,
                        atomic(IntStream.range(0, 10_001)
                                .mapToObj(_ -> deposit(1))
                                .toList()),
                        "k")))
                .isEqualTo("422 too_many_legs");
        String one = own("one", deposit(1));
        HttpRequest.Builder large = keeper.api
                .request(BULK)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(each(List.of(one)) + " ".repeat(4 * 1024 * 1024)));
        assertThat(refusal(keeper.api.send(large))).isEqualTo("413 body_too_large");
        assertThat(refusal(keeper.api.json("POST", BULK, "{\"transfers\":[" + one + "]}")))
                .isEqualTo("422 field_required");
        assertThat(refusal(keeper.api.json("POST", BULK, each(List.of(one, "{\"legs\":[" + deposit(1) + "]}")))))
                .isEqualTo("422 field_required");
        assertThat(refusal(keeper.api.json("POST", BULK, each(List.of(one)).replace("false", "true"), "k")))
                .isEqualTo("422 unknown_field");
        assertThat(refusal(keeper.api.json("POST", BULK, each(List.of(one, own("two", deposit(0)))))))
                .isEqualTo("422 amount_invalid");
        assertThat(keeper.balance()).isZero();
    }

    @Test
    void a_book_whose_bulks_fill_its_room_leaves_room_to_others() {
        BulkRoom room = new BulkRoom();
        UUID busy = UUID.randomUUID();
        UUID other = UUID.randomUUID();

        String done = room.within(
                busy,
                () -> room.within(busy, () -> {
                    assertThatThrownBy(() -> room.within(busy, () -> "too many"))
                            .hasMessageContaining("ledger_busy");
                    return room.within(other, () -> "done");
                }));

        assertThat(done).isEqualTo("done");
        assertThat(room.within(busy, () -> "again")).isEqualTo("again");
    }

    private static JsonNode answered(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static List<String> statuses(JsonNode answer) {
        return answer.path("items")
                .valueStream()
                .map(item -> item.path("status").asString())
                .toList();
    }

    private static String own(String key, String leg) {
        return "{\"idempotencyKey\":\"" + key + "\",\"legs\":[" + leg + "]}";
    }

    private static String each(List<String> transfers) {
        return "{\"atomic\":false,\"transfers\":[" + String.join(",", transfers) + "]}";
    }

    private static String atomic(List<String> legs) {
        return "{\"atomic\":true,\"transfers\":["
                + legs.stream().map(leg -> "{\"legs\":[" + leg + "]}").collect(Collectors.joining(",")) + "]}";
    }
}
