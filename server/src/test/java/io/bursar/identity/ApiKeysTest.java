package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.shared.Actor;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** A key's secret is replaced without a stop, and everything ends at once that has to. */
class ApiKeysTest {
    private static final Actor TEST = Actor.system("test");
    private static final String PATH = "/api/v1/payment-requests";

    private final TestBursar bursar = TestBursar.shared();
    private final ApiKeys keys = bursar.bean(ApiKeys.class);
    private final KeyOwner owner = new KeyOwner.Partner(UUID.randomUUID());
    private final IssuedApiKey first = in(() -> keys.issue(owner.id(), TEST));

    @Test
    void an_old_secret_works_beside_the_new_one_until_its_time_is_over() {
        IssuedApiKey second = rotated(KeyOverlap.DAY);

        assertThat(status(first)).isEqualTo(200);
        assertThat(status(second)).isEqualTo(200);
        assertThat(second.credentialId()).isEqualTo(first.credentialId());
        assertThat(keys.authenticate(first.key())).isEqualTo(keys.authenticate(second.key()));
        bursar.clock().forward(Duration.ofHours(24).minusMinutes(1));
        assertThat(status(first)).isEqualTo(200);
        bursar.clock().forward(Duration.ofMinutes(1));
        assertThat(status(first)).isEqualTo(401);
        assertThat(status(second)).isEqualTo(200);
    }

    @Test
    void it_is_seen_which_of_the_two_is_still_used() {
        rotated(KeyOverlap.DAY);
        assertThat(status(first)).isEqualTo(200);

        ApiKeySummary summary = keys.of(owner).getFirst();
        assertThat(summary.lastUsedAt()).isNull();
        assertThat(summary.previous()).satisfies(previous -> {
            assertThat(Objects.requireNonNull(previous).prefix()).isEqualTo(first.prefix());
            assertThat(previous.lastUsedAt()).isNotNull();
        });
        bursar.clock().forward(Duration.ofHours(25));
        assertThat(keys.of(owner).getFirst().previous()).isNull();
    }

    @Test
    void of_three_secrets_the_oldest_is_out() {
        IssuedApiKey second = rotated(KeyOverlap.WEEK);
        IssuedApiKey third = rotated(KeyOverlap.WEEK);

        assertThat(status(first)).isEqualTo(401);
        assertThat(status(second)).isEqualTo(200);
        assertThat(status(third)).isEqualTo(200);
    }

    @Test
    void whoever_lost_a_secret_ends_it_at_once() {
        rotated(KeyOverlap.NONE);
        assertThat(status(first)).isEqualTo(401);

        IssuedApiKey third = rotated(KeyOverlap.DAY);
        IssuedApiKey fourth = rotated(KeyOverlap.DAY);
        assertThat(status(third)).isEqualTo(200);
        assertThat(in(() -> keys.endPrevious(owner, first.credentialId(), TEST)))
                .isTrue();
        assertThat(status(third)).isEqualTo(401);
        assertThat(status(fourth)).isEqualTo(200);
        assertThat(in(() -> keys.endPrevious(owner, first.credentialId(), TEST)))
                .as("ended already")
                .isFalse();
    }

    @Test
    void revoking_ends_both_secrets_and_what_is_revoked_stays_so() {
        IssuedApiKey second = rotated(KeyOverlap.DAY);
        assertThat(status(second)).isEqualTo(200);
        assertThat(in(() -> keys.revoke(owner, first.credentialId(), TEST))).isTrue();

        assertThat(status(first)).isEqualTo(401);
        assertThat(status(second)).isEqualTo(401);
        assertThat(in(() -> keys.rotate(owner, first.credentialId(), KeyOverlap.DAY, TEST)))
                .isEmpty();
        assertThat(in(() -> keys.endPrevious(owner, first.credentialId(), TEST)))
                .isFalse();
    }

    @Test
    void nobody_rotates_or_ends_what_is_somebody_elses() {
        rotated(KeyOverlap.DAY);
        for (KeyOwner other : new KeyOwner[] {new KeyOwner.Partner(UUID.randomUUID()), new KeyOwner.Book(owner.id())}) {
            assertThat(in(() -> keys.rotate(other, first.credentialId(), KeyOverlap.DAY, TEST)))
                    .isEmpty();
            assertThat(in(() -> keys.endPrevious(other, first.credentialId(), TEST)))
                    .isFalse();
            assertThat(in(() -> keys.revoke(other, first.credentialId(), TEST))).isFalse();
        }
        assertThat(status(first)).isEqualTo(200);
    }

    @Test
    void every_step_is_audited_and_no_secret_with_it() {
        rotated(KeyOverlap.DAY);
        in(() -> keys.endPrevious(owner, first.credentialId(), TEST));
        in(() -> keys.revoke(owner, first.credentialId(), TEST));

        assertThat(bursar.bean(Audit.class).entries(owner.subject(), null, 50).items())
                .extracting(AuditEntry::action)
                .containsExactly("api_key.revoked", "api_key.previous_ended", "api_key.rotated", "api_key.issued");
        assertThat(bursar.bean(Audit.class).entries(owner.subject(), null, 50).items())
                .noneMatch(entry -> entry.toString().contains(first.key().substring(20)));
    }

    private IssuedApiKey rotated(KeyOverlap overlap) {
        Optional<IssuedApiKey> fresh = in(() -> keys.rotate(owner, first.credentialId(), overlap, TEST));
        return fresh.orElseThrow();
    }

    private int status(IssuedApiKey key) {
        return bursar.browser().withKey(key.key()).get(PATH).statusCode();
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(bursar.bean(TransactionTemplate.class).execute(_ -> work.get()));
    }
}
