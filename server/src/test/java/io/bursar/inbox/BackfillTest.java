package io.bursar.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.inbox.Backfill.Listed;
import io.bursar.inbox.Backfill.Listing;
import io.bursar.inbox.BackfillStore.Progress;
import io.bursar.inbox.Verdict.Genuine;
import io.bursar.platform.WorldFailedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading the provider's own list for what never came. */
class BackfillTest {
    private final AcmeList list = new AcmeList();
    private final InboxFloor floor = new InboxFloor(context -> context.registerBean(Backfill.class, () -> list));

    @AfterEach
    void stop() {
        floor.close();
    }

    @Test
    void what_never_came_is_found_and_what_came_is_not_kept_twice() {
        floor.keep("evt_1", "invoice.created", "in_1", "\"version\":1,\"note\":\"first\"");
        list.pages.add(List.of(listed("evt_1"), listed("evt_2")));
        list.pages.add(List.of(listed("evt_3")));

        run();

        Progress progress = progress();
        assertThat(progress.found()).isEqualTo(2);
        assertThat(progress.walk()).isNull();
        assertThat(verdicts()).containsExactly("evt_1 signed", "evt_2 listed", "evt_3 listed");
        floor.apply();
        assertThat(floor.leases()).isZero();
    }

    @Test
    void a_walk_goes_on_where_it_ended_when_the_provider_is_away_in_between() {
        list.pages.add(List.of(listed("evt_1")));
        list.pages.add(List.of(listed("evt_2")));
        list.failAt = 1;
        list.retryable = true;

        run();
        Progress half = progress();
        assertThat(half.walk()).isNotNull();
        assertThat(verdicts()).containsExactly("evt_1 listed");

        list.failAt = -1;
        run();

        assertThat(list.asked).containsExactly("null", "1", "1");
        assertThat(progress().walk()).isNull();
        assertThat(progress().readUntil())
                .isEqualTo(Objects.requireNonNull(half.walk()).until());
        assertThat(verdicts()).containsExactly("evt_1 listed", "evt_2 listed");
    }

    @Test
    void a_cursor_that_is_refused_is_given_up_and_the_walk_begins_anew() {
        list.pages.add(List.of(listed("evt_1")));
        list.pages.add(List.of(listed("evt_2")));
        list.failAt = 1;
        list.retryable = false;

        run();
        assertThat(progress().walk()).isNull();
        list.failAt = -1;
        run();

        assertThat(list.asked).containsExactly("null", "1", "null", "1");
        assertThat(verdicts()).hasSize(2);
    }

    @Test
    void the_next_walk_looks_back_a_little_behind_the_last() {
        list.pages.add(List.of());
        run();
        Instant first = progress().readUntil();
        assertThat(Objects.requireNonNull(list.since).truncatedTo(ChronoUnit.MICROS))
                .isEqualTo(first.minus(BackfillEvents.FIRST_REACH).minus(BackfillEvents.OVERLAP));

        floor.floors().clock().forward(Duration.ofHours(1));
        run();

        assertThat(list.since).isEqualTo(first.minus(BackfillEvents.OVERLAP));
        assertThat(progress().readUntil()).isAfterOrEqualTo(first.plus(Duration.ofHours(1)));
    }

    @Test
    void a_listed_event_without_a_usable_name_is_passed_over() {
        list.pages.add(List.of(new Listed(new Genuine("a\u0000b", "x", "y"), new byte[0]), listed("evt_1")));

        run();

        assertThat(verdicts()).containsExactly("evt_1 listed");
    }

    private void run() {
        floor.floors().bean(BackfillEvents.class).run();
    }

    private Progress progress() {
        return floor.floors().bean(BackfillStore.class).find(Acme.NAME, "shop").orElseThrow();
    }

    private List<@Nullable String> verdicts() {
        return floor.floors()
                .sql()
                .sql("SELECT external_id || ' ' || verdict FROM inbox.event ORDER BY external_id")
                .query(String.class)
                .list();
    }

    private static Listed listed(String id) {
        return new Listed(
                new Genuine(id, "invoice.created", "in_1"),
                InboxFloor.body(id, "invoice.created", "in_1", "\"version\":1,\"note\":\"first\""));
    }

    /** What Acme lists, in pages; the number of a page is its cursor. */
    private static final class AcmeList implements Backfill {
        private final List<List<Listed>> pages = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();
        private @Nullable Instant since;
        private int failAt = -1;
        private boolean retryable;

        @Override
        public String provider() {
            return Acme.NAME;
        }

        @Override
        public List<String> accounts() {
            return List.of("shop");
        }

        @Override
        public Listing list(String account, Instant from, Instant until, @Nullable String cursor) {
            asked.add(String.valueOf(cursor));
            since = from;
            int page = cursor == null ? 0 : Integer.parseInt(cursor);
            if (page == failAt) {
                throw new WorldFailedException("acme_unavailable", retryable, "Acme does not answer.", null);
            }
            return new Listing(pages.get(page), page + 1 < pages.size() ? Integer.toString(page + 1) : null);
        }
    }
}
