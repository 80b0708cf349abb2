package io.bursar.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.TestBursar;
import io.bursar.shared.Actor;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class AuditTest {
    private final TestBursar bursar = TestBursar.shared();
    private final Audit audit = bursar.bean(Audit.class);
    private final People people = bursar.bean(People.class);
    private final String subject = "partner/" + UUID.randomUUID();

    @Test
    void entries_are_read_back_newest_first_page_by_page() {
        record("partner.created", Map.of(), Map.of("slug", "acme"));
        record("partner.renamed", Map.of("slug", "acme"), Map.of("slug", "apex"));

        var first = audit.entries(subject, null, 1);
        var second = audit.entries(subject, first.next(), 1);

        assertThat(first.items()).extracting(AuditEntry::action).containsExactly("partner.renamed");
        assertThat(first.items().getFirst().before()).isEqualTo("{\"slug\": \"acme\"}");
        assertThat(second.items()).extracting(AuditEntry::action).containsExactly("partner.created");
        assertThat(second.next()).isNull();
        assertThat(audit.count(new AuditFilter(subject, "system/test", "partner.", null, null, null)))
                .isEqualTo(2);
    }

    @Test
    void an_entry_outside_a_transaction_is_refused() {
        assertThatThrownBy(
                        () -> audit.record(Actor.system("test"), "partner.created", subject, Map.of(), Map.of(), null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
    }

    @Test
    void the_serving_role_may_not_change_history() {
        record("partner.created", Map.of(), Map.of());

        assertRefused(bursar.sql(), "UPDATE audit.entry SET actor = 'x'", "permission denied");
        assertRefused(bursar.sql(), "DELETE FROM audit.entry", "permission denied");
        assertRefused(bursar.sql(), "TRUNCATE audit.entry CASCADE", "permission denied");
        assertRefused(bursar.sql(), "UPDATE audit.link SET position = 0", "permission denied");
    }

    @Test
    void a_trigger_holds_back_even_the_owner() {
        record("partner.created", Map.of(), Map.of());

        assertRefused(bursar.ownerSql(), "UPDATE audit.entry SET actor = 'x'", "append-only");
        assertRefused(bursar.ownerSql(), "DELETE FROM audit.entry", "append-only");
        assertRefused(bursar.ownerSql(), "TRUNCATE audit.entry CASCADE", "append-only");
        assertRefused(bursar.ownerSql(), "DELETE FROM audit.link", "append-only");
    }

    @Test
    void the_chain_finds_the_entry_that_was_changed_behind_its_back() {
        record("partner.created", Map.of(), Map.of("slug", "acme"));
        bursar.run("chain-audit");
        assertThat(audit.verify()).isInstanceOf(AuditVerification.Intact.class);
        long sequence = audit.entries(subject, null, 1).items().getFirst().sequence();

        rewrite(sequence, "system/somebody-else");

        assertThat(audit.verify())
                .isInstanceOfSatisfying(
                        AuditVerification.Broken.class,
                        broken -> assertThat(broken.sequence()).isEqualTo(sequence));

        rewrite(sequence, "system/test");
        assertThat(audit.verify()).isInstanceOf(AuditVerification.Intact.class);
    }

    @Test
    void the_words_of_a_reason_can_go_and_the_chain_stays_whole() {
        String email = "p" + UUID.randomUUID() + "@example.com";
        because("Asked for by " + email.toUpperCase(Locale.ROOT));
        because("Nothing to do with anybody");
        bursar.run("chain-audit");
        assertThat(people.known(email).reasons()).hasSize(1);

        people.forget(email, Actor.system("test"), "Asked to be forgotten");
        bursar.run("chain-audit");

        assertThat(audit.verify()).isInstanceOf(AuditVerification.Intact.class);
        assertThat(audit.entries(subject, null, 10).items())
                .extracting(AuditEntry::reason)
                .containsExactly("Nothing to do with anybody", null);
        assertThat(people.known(email).nothing()).isTrue();
        assertThat(audit.entries("audit/reasons", null, 1).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.action()).isEqualTo("person.forgotten"));
    }

    @Test
    void a_reason_that_was_changed_or_removed_by_hand_is_found() {
        because("The true reason");
        bursar.run("chain-audit");
        long sequence = audit.entries(subject, null, 1).items().getFirst().sequence();

        change("UPDATE audit.reason SET words = 'Another reason' WHERE entry = :sequence", sequence);
        assertThat(audit.verify())
                .isEqualTo(new AuditVerification.Broken(
                        sequence, "Its reason was changed, or removed without being forgotten."));
        change("UPDATE audit.reason SET words = 'The true reason' WHERE entry = :sequence", sequence);
        assertThat(audit.verify()).isInstanceOf(AuditVerification.Intact.class);
    }

    private void because(String reason) {
        bursar.bean(TransactionTemplate.class)
                .executeWithoutResult(status ->
                        audit.record(Actor.system("test"), "partner.changed", subject, Map.of(), Map.of(), reason));
    }

    private void change(String sql, long sequence) {
        bursar.sql().sql(sql).param("sequence", sequence).update();
    }

    private void record(String action, Map<String, ?> before, Map<String, ?> after) {
        bursar.bean(TransactionTemplate.class)
                .executeWithoutResult(
                        status -> audit.record(Actor.system("test"), action, subject, before, after, "because"));
    }

    private void rewrite(long sequence, String actor) {
        JdbcClient owner = bursar.ownerSql();
        owner.sql("ALTER TABLE audit.entry DISABLE TRIGGER append_only").update();
        owner.sql("UPDATE audit.entry SET actor = :actor WHERE sequence = :sequence")
                .param("actor", actor)
                .param("sequence", sequence)
                .update();
        owner.sql("ALTER TABLE audit.entry ENABLE TRIGGER append_only").update();
    }

    private static void assertRefused(JdbcClient as, String sql, String sentence) {
        assertThatThrownBy(() -> as.sql(sql).update()).rootCause().hasMessageContaining(sentence);
    }
}
