package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditFilter;
import io.bursar.platform.Problem;
import io.bursar.platform.ProblemException;
import io.bursar.shared.Actor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** An effect here is an audit entry, which is written in the work's own transaction. */
class IdempotentRequestsTest {
    private final TestBursar bursar = TestBursar.shared();
    private final IdempotentRequests requests = bursar.bean(IdempotentRequests.class);
    private final Audit audit = bursar.bean(Audit.class);
    private final UUID credential = UUID.randomUUID();
    private final String subject = "test/" + credential;

    @Test
    void the_same_request_is_answered_again_and_works_once() {
        IdempotentResponse first = once("key", "{}", this::created);
        IdempotentResponse again = once("key", "{}", this::created);

        assertThat(first).isEqualTo(new IdempotentResponse(201, "{\"n\":1}", "/api/v1/things/1", false));
        assertThat(again).isEqualTo(new IdempotentResponse(201, "{\"n\":1}", "/api/v1/things/1", true));
        assertThat(again.entity().getHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(first.entity().getHeaders().getFirst("Idempotency-Replayed")).isNull();
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void without_a_key_every_request_works() {
        once(null, "{}", this::created);
        once(null, "{}", this::created);
        assertThat(effects()).isEqualTo(2);
    }

    @Test
    void keys_of_others_are_other_keys() {
        once("key", "{}", this::created);
        requests.once(UUID.randomUUID(), "key", "POST /things", bytes("{}"), this::created);
        assertThat(effects()).isEqualTo(2);
    }

    @Test
    void other_content_or_another_route_under_the_same_key_is_refused() {
        once("key", "{}", this::created);

        assertRefused("idempotency_key_reused", () -> once("key", "{ }", this::created));
        assertRefused(
                "idempotency_key_reused",
                () -> requests.once(credential, "key", "POST /others", bytes("{}"), this::created));
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void a_refusal_changes_nothing_and_is_judged_anew() {
        assertRefused(
                "no_funds",
                () -> once("key", "{}", () -> {
                    created();
                    throw Problem.of(409, "no_funds", "Not enough.").asException();
                }));
        IdempotentResponse refused = once("key", "{}", () -> {
            created();
            return new IdempotentResponse(422, "{}");
        });
        assertThat(refused.status()).isEqualTo(422);
        assertThat(effects()).isZero();

        assertThat(once("key", "{}", this::created).replayed()).isFalse();
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void of_twenty_at_once_one_works_and_all_get_its_answer() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<IdempotentResponse>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return once("key", "{}", this::created);
                }));
            }
            go.countDown();
        }
        assertThat(answers.stream().map(Future::resultNow).map(IdempotentResponse::body))
                .containsOnly("{\"n\":1}")
                .hasSize(20);
        assertThat(answers.stream().map(Future::resultNow).filter(answer -> !answer.replayed()))
                .hasSize(1);
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void who_waits_too_long_is_told_and_nothing_works_twice() throws InterruptedException, ExecutionException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<IdempotentResponse> slow = threads.submit(() -> once("key", "{}", () -> {
                working.countDown();
                await(refused);
                return created();
            }));
            assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
            try {
                assertRefused("idempotency_in_progress", () -> once("key", "{}", this::created));
            } finally {
                refused.countDown();
            }
            assertThat(slow.get().replayed()).isFalse();
        }
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void a_key_that_cannot_be_one_is_refused() {
        for (String key : List.of("", "a b", "schlüssel", "a\tb", "k".repeat(256))) {
            assertRefused("idempotency_key_invalid", () -> once(key, "{}", this::created));
        }
        assertThat(once("k".repeat(255), "{}", this::created).status()).isEqualTo(201);
    }

    @Test
    void a_transaction_of_the_callers_is_refused() {
        assertThatThrownBy(() -> bursar.bean(TransactionTemplate.class)
                        .executeWithoutResult(status -> once("key", "{}", this::created)))
                .hasMessageContaining("transaction");
    }

    private IdempotentResponse once(@Nullable String key, String body, Supplier<IdempotentResponse> work) {
        return requests.once(credential, key, "POST /things", bytes(body), work);
    }

    private IdempotentResponse created() {
        audit.record(Actor.system("test"), "thing.created", subject, Map.of(), Map.of(), null);
        return IdempotentResponse.created("/api/v1/things/" + effects(), "{\"n\":" + effects() + "}");
    }

    private long effects() {
        return audit.count(AuditFilter.ofSubject(subject));
    }

    private static void assertRefused(String code, Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
