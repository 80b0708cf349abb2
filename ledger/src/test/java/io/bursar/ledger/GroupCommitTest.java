package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Items are words; a word weighs its length, and its answer is the word in capitals. */
final class GroupCommitTest {
    private static final int BATCH_WEIGHT_MAX = 10;
    private static final int WAITING_WEIGHT_MAX = 100;

    private final Semaphore mayWork = new Semaphore(0);
    private final CountDownLatch working = new CountDownLatch(1);
    private final Queue<List<String>> batches = new ConcurrentLinkedQueue<>();
    private final GroupCommit<String, String> commits = new GroupCommit<>(
            new GroupCommit.Settings<>(
                    "words",
                    BATCH_WEIGHT_MAX,
                    WAITING_WEIGHT_MAX,
                    String::length,
                    failure -> !(failure instanceof IllegalStateException)),
            GroupCommit.Work.whole(this::work));

    private final List<CompletableFuture<String>> taken = new ArrayList<>();
    private CompletableFuture<String> first = new CompletableFuture<>();

    private List<String> work(List<String> batch) {
        working.countDown();
        mayWork.acquireUninterruptibly();
        mayWork.release();
        batches.add(batch);
        if (batch.contains("poison")) {
            throw new StackOverflowError("poison");
        }
        if (batch.contains("outage")) {
            throw new IllegalStateException("outage");
        }
        if (batch.contains("silence")) {
            return List.of();
        }
        return batch.stream().map(word -> "<" + word + ">").toList();
    }

    @AfterEach
    void close() {
        mayWork.release();
        commits.close();
    }

    @Test
    void a_single_item_is_answered_without_waiting_for_others() throws Exception {
        mayWork.release();
        assertThat(commits.submit("a", "x").get()).isEqualTo("<x>");
        assertThat(batches).containsExactly(List.of("x"));
    }

    @Test
    void what_comes_while_a_batch_is_worked_on_is_the_next_batch_in_its_order() throws Exception {
        busy();
        List<CompletableFuture<String>> answers = submit("a", "1", "2", "3");
        mayWork.release();
        assertThat(answers.getLast().get()).isEqualTo("<3>");
        assertThat(batches).containsExactly(List.of("first"), List.of("1", "2", "3"));
    }

    @Test
    void a_bulk_under_one_key_does_not_delay_one_item_under_another_by_more_than_a_batch() throws Exception {
        busy();
        submit("bulk", Stream.generate(() -> "b").limit(45).toArray(String[]::new));
        CompletableFuture<String> single = commits.submit("single", "s");
        mayWork.release();
        single.get();
        commits.close();
        assertThat(List.copyOf(batches).get(1)).hasSize(Shares.SHARE + 1).contains("s");
        assertThat(batches).hasSize(7);
    }

    @Test
    void an_item_heavier_than_a_batch_goes_along_with_what_fits_beside_it_and_one_at_a_time() throws Exception {
        busy();
        submit("heavy", "twelve chars", "twelve CHARS");
        submit("light", "1");
        mayWork.release();
        commits.close();
        assertThat(batches).containsExactly(List.of("first"), List.of("twelve chars", "1"), List.of("twelve CHARS"));
    }

    @Test
    void an_item_that_does_not_fit_any_more_is_first_in_the_next_batch() throws Exception {
        busy();
        submit("a", "12345678");
        submit("b", "123");
        submit("c", "1");
        submit("a", "2");
        mayWork.release();
        commits.close();
        assertThat(batches).containsExactly(List.of("first"), List.of("12345678", "1"), List.of("123", "2"));
    }

    @Test
    void one_key_may_hold_half_of_the_room_and_leaves_the_rest_to_others() throws Exception {
        busy();
        submit("bulk", Stream.generate(() -> "b").limit(WAITING_WEIGHT_MAX / 2).toArray(String[]::new));
        assertThatThrownBy(() -> commits.submit("bulk", "b"))
                .isInstanceOf(GroupCommit.RefusedException.class)
                .hasMessageContaining("50 of 100 waiting");
        CompletableFuture<String> other = commits.submit("other", "o");
        mayWork.release();
        assertThat(other.get()).isEqualTo("<o>");
    }

    @Test
    void closing_finishes_what_waits_and_refuses_what_comes_later() throws Exception {
        busy();
        List<CompletableFuture<String>> waiting =
                submit("a", IntStream.range(0, 30).mapToObj(Integer::toString).toArray(String[]::new));
        mayWork.release();
        commits.close();
        assertThat(waiting).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThatThrownBy(() -> commits.submit("a", "late")).isInstanceOf(GroupCommit.RefusedException.class);
    }

    @Test
    void one_poisonous_item_fails_alone_and_the_worker_goes_on() throws Exception {
        busy();
        List<CompletableFuture<String>> answers = new ArrayList<>(submit("a", "1", "2"));
        CompletableFuture<String> poison = commits.submit("b", "poison");
        mayWork.release();
        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get()).startsWith("<");
        }
        assertThatThrownBy(poison::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(Error.class);
        assertThat(commits.submit("a", "after").get()).isEqualTo("<after>");
    }

    @Test
    void a_failure_that_no_item_is_to_blame_for_is_told_to_the_whole_batch_at_once() throws Exception {
        busy();
        CompletableFuture<String> innocent = commits.submit("a", "1");
        CompletableFuture<String> outage = commits.submit("b", "outage");
        mayWork.release();
        assertThatThrownBy(innocent::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(outage::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(batches).hasSize(2);
        assertThat(commits.submit("a", "after").get()).isEqualTo("<after>");
    }

    @Test
    void a_batch_with_other_than_as_many_answers_as_items_is_a_failure_of_all_of_it() throws Exception {
        busy();
        List<CompletableFuture<String>> answers = submit("a", "1", "silence");
        mayWork.release();
        for (CompletableFuture<String> answer : answers) {
            assertThatThrownBy(answer::get).hasRootCauseMessage("0 answers to 2 items");
        }
    }

    @Test
    void after_an_outage_closing_refuses_what_still_waits_instead_of_trying_it() throws Exception {
        busy();
        submit("a", "outage", "1234");
        CompletableFuture<String> next = commits.submit("a", "next");
        Thread closing = waiting(commits::close);
        mayWork.release();
        closing.join();
        assertThatThrownBy(next::get)
                .hasCauseInstanceOf(GroupCommit.RefusedException.class)
                .hasMessageContaining("closed before this item's turn");
        assertThat(batches).containsExactly(List.of("first"), List.of("outage", "1234"));
    }

    @Test
    void an_outage_while_open_leaves_what_waits_to_the_next_batch() throws Exception {
        busy();
        submit("a", "outage", "1234");
        CompletableFuture<String> next = commits.submit("a", "next");
        mayWork.release();
        assertThat(next.get()).isEqualTo("<next>");
    }

    @Test
    void closing_finishes_what_waits_although_it_is_interrupted_and_stays_interrupted() throws Exception {
        busy();
        CompletableFuture<String> next = commits.submit("a", "next");
        CompletableFuture<Boolean> interruptedAndDone = new CompletableFuture<>();
        Thread closing = waiting(() -> {
            Thread.currentThread().interrupt();
            commits.close();
            interruptedAndDone.complete(Thread.currentThread().isInterrupted() && next.isDone());
        });
        mayWork.release();
        closing.join();
        assertThat(interruptedAndDone).isCompletedWithValue(true);
    }

    @Test
    void closing_interrupts_nobody() {
        mayWork.release();
        commits.close();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** A thread that has come to where it waits. */
    private static Thread waiting(Runnable work) {
        Thread thread = Thread.ofPlatform().start(work);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void an_item_can_be_withdrawn_while_it_waits_and_not_any_more_once_it_is_worked_on() throws Exception {
        busy();
        CompletableFuture<String> waiting = commits.submit("a", "never");
        assertThat(waiting.cancel(false)).isTrue();
        assertThat(first.cancel(false)).isFalse();
        mayWork.release();
        assertThat(first.get()).isEqualTo("<first>");
        commits.close();
        assertThat(batches).containsExactly(List.of("first"));
    }

    @Test
    void a_batch_not_much_smaller_than_the_one_under_way_is_begun_before_that_is_finished() throws Exception {
        Overlap overlap = new Overlap();
        CompletableFuture<String> one = overlap.submit(80);
        overlap.begun.acquire();
        CompletableFuture<String> two = overlap.submit(40);
        overlap.begun.acquire();
        assertThat(one).isNotDone();
        overlap.mayFinish.release(2);
        overlap.commits.close();
        assertThat(overlap.order).containsExactly("begin 80", "begin 40", "finish", "finish");
        assertThat(two).isCompleted();
    }

    @Test
    void a_small_batch_is_not_begun_before_a_large_one_is_finished() throws Exception {
        Overlap overlap = new Overlap();
        taken.add(overlap.submit(80));
        overlap.begun.acquire();
        taken.add(overlap.submit(39));
        overlap.mayFinish.release(2);
        overlap.commits.close();
        assertThat(overlap.order).containsExactly("begin 80", "finish", "begin 39", "finish");
        assertThat(taken).allMatch(CompletableFuture::isDone);
    }

    @Test
    void small_batches_are_not_begun_before_one_another_are_finished() throws Exception {
        Overlap overlap = new Overlap();
        taken.add(overlap.submit(31));
        overlap.begun.acquire();
        taken.add(overlap.submit(31));
        overlap.mayFinish.release(2);
        overlap.commits.close();
        assertThat(overlap.order).containsExactly("begin 31", "finish", "begin 31", "finish");
        assertThat(taken).allMatch(CompletableFuture::isDone);
    }

    @Test
    void never_more_than_two_batches_are_under_way() throws Exception {
        Overlap overlap = new Overlap();
        taken.add(overlap.submit(40));
        overlap.begun.acquire();
        taken.add(overlap.submit(40));
        overlap.begun.acquire();
        taken.add(overlap.submit(40));
        overlap.mayFinish.release(3);
        overlap.commits.close();
        assertThat(overlap.order.stream().limit(3)).containsExactly("begin 40", "begin 40", "finish");
        assertThat(overlap.order).hasSize(6);
        assertThat(taken).allMatch(CompletableFuture::isDone);
    }

    /** Batches whose beginning is quick and whose finishing waits. */
    private static final class Overlap {
        private final Semaphore begun = new Semaphore(0);
        private final Semaphore mayFinish = new Semaphore(0);
        private final Queue<String> order = new ConcurrentLinkedQueue<>();
        private final GroupCommit<String, String> commits = new GroupCommit<>(
                new GroupCommit.Settings<>("overlap", 1_000, 10_000, String::length, _ -> false), this::begin);

        private GroupCommit.Begun<String> begin(List<String> batch) {
            order.add("begin " + String.join("", batch).length());
            begun.release();
            return () -> {
                mayFinish.acquireUninterruptibly();
                order.add("finish");
                return batch;
            };
        }

        CompletableFuture<String> submit(int weight) {
            return commits.submit("key", "x".repeat(weight));
        }
    }

    @Test
    void while_another_key_is_about_a_bulk_has_a_small_share_of_each_batch() throws Exception {
        Shares shares = new Shares();
        shares.whileBusy(() -> {
            shares.submit("bulk", 100);
            shares.submit("single", 1);
        });
        assertThat(shares.batches.stream().skip(1)).first().isEqualTo(Map.of("bulk", Shares.SHARE, "single", 1));
        assertThat(shares.batches)
                .allSatisfy(batch -> assertThat(batch.getOrDefault("bulk", 0)).isLessThanOrEqualTo(Shares.SHARE));
    }

    @Test
    void a_bulk_has_whole_batches_again_when_nobody_else_has_been_about_for_a_while() throws Exception {
        Shares shares = new Shares();
        shares.commits.submit("single", "x").get();
        for (int batch = 0; batch < 65; batch++) {
            shares.commits.submit("bulk", "x").get();
        }
        shares.batches.clear();
        shares.whileBusy(() -> shares.submit("bulk", 100));
        assertThat(shares.batches).contains(Map.of("bulk", 100));
    }

    /** Batches as the weight that each key has in them; large ones, which have room for shares. */
    private static final class Shares {
        private static final int SHARE = 8;

        private final Semaphore working = new Semaphore(0);
        private final Semaphore mayWork = new Semaphore(Integer.MAX_VALUE / 2);
        private final Queue<Map<String, Integer>> batches = new ConcurrentLinkedQueue<>();
        private final List<CompletableFuture<String>> answers = new ArrayList<>();
        private final GroupCommit<String, String> commits = new GroupCommit<>(
                new GroupCommit.Settings<>("shares", 640, 10_000, _ -> 1, _ -> false),
                GroupCommit.Work.whole(this::work));

        private List<String> work(List<String> batch) {
            working.release();
            mayWork.acquireUninterruptibly();
            batches.add(batch.stream().collect(Collectors.toMap(key -> key, _ -> 1, Integer::sum)));
            return batch;
        }

        void submit(String key, int items) {
            for (int item = 0; item < items; item++) {
                answers.add(commits.submit(key, key));
            }
        }

        /** Returns when all of that has been worked on. */
        void whileBusy(Runnable submissions) throws Exception {
            int permits = mayWork.drainPermits();
            working.drainPermits();
            submit("bulk", 1);
            working.acquire();
            submissions.run();
            mayWork.release(permits);
            for (CompletableFuture<String> answer : answers) {
                answer.get();
            }
        }
    }

    @Test
    void callbacks_that_throw_harm_nobody() throws Exception {
        busy();
        CompletableFuture<Object> broken = first.thenApply(_ -> {
            throw new IllegalArgumentException("callback");
        });
        CompletableFuture<String> second = commits.submit("a", "2");
        mayWork.release();
        assertThat(second.get()).isEqualTo("<2>");
        assertThat(broken).isCompletedExceptionally();
    }

    /** A batch of one is being worked on until {@link #mayWork}. */
    private void busy() throws InterruptedException {
        first = commits.submit("first", "first");
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private List<CompletableFuture<String>> submit(String key, String... words) {
        return Stream.of(words).map(word -> commits.submit(key, word)).toList();
    }
}
