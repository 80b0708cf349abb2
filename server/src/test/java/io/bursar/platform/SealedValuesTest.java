package io.bursar.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.mail.Mail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The key under which everything is sealed is replaced, and nothing is lost on the way. */
class SealedValuesTest {
    private static final String OLD = key(1);
    private static final String NEW = key(2);

    @TempDir
    private Path folder;

    /** From the key before to the next in three starts, with an API key, a session and sealed values that go on. */
    @Test
    void a_new_key_takes_over_while_the_one_before_is_still_read_and_then_that_one_may_go() {
        String session;
        try (TestBursar bursar = start(Map.of("ENCRYPTION_KEY", OLD))) {
            session = bursar.admin().cookie("bursar_session").orElseThrow();
            for (int mail = 0; mail < 3; mail++) {
                bursar.bean(Mail.class).queue("test", "ann@example.com", "hello", "secret words");
            }
        }
        try (TestBursar bursar = start(Map.of("ENCRYPTION_KEY", NEW, "ENCRYPTION_KEY_PREVIOUS", OLD))) {
            SealedValues values = bursar.bean(SealedValues.class);
            bursar.run("reseal-secrets");
            await().untilAsserted(() -> assertThat(values.standings())
                    .extracting(SealedValues.Standing::previous)
                    .containsOnly(0L));
            assertThat(values.standings())
                    .extracting(SealedValues.Standing::neither)
                    .containsOnly(0L);
            assertThat(values.standings().stream()
                            .mapToLong(SealedValues.Standing::present)
                            .sum())
                    .as("three mails, the wallets' seed, the key of digests")
                    .isEqualTo(5);
            Browser again = bursar.browser().with("Cookie", "bursar_session=" + session);
            assertThat(again.get("/console/settings").body()).contains("out of the environment");
            assertThat(again.get("/console/audit").body()).contains("secrets.resealed");
            sealUnderTheKeyBefore(bursar);
            assertThat(again.get("/console/settings").body()).contains("is still needed for");
            bursar.run("reseal-secrets");
            assertThat(again.get("/console/settings").body()).contains("out of the environment");
        }
        try (TestBursar bursar = start(Map.of("ENCRYPTION_KEY", NEW))) {
            assertThat(bursar.browser()
                            .with("Cookie", "bursar_session=" + session)
                            .get("/console")
                            .statusCode())
                    .as("a session from before")
                    .isEqualTo(200);
        }
        assertThatThrownBy(() -> start(Map.of("ENCRYPTION_KEY", OLD)))
                .rootCause()
                .hasMessageContaining("ENCRYPTION_KEY is not the key that this database was sealed under");
    }

    @Test
    void a_run_that_is_killed_half_way_leaves_nothing_that_does_not_open() {
        JdbcClient sql = TestBursar.shared().ownerSql();
        TransactionTemplate transaction = TestBursar.shared().bean(TransactionTemplate.class);
        String table = "identity.sealed_" + UUID.randomUUID().toString().replace("-", "");
        SealedColumn place = new SealedColumn(table, "id", "thing");
        sql.sql("CREATE TABLE " + table + " (id int PRIMARY KEY, thing bytea)").update();
        sql.sql("GRANT ALL ON " + table + " TO PUBLIC").update();
        Secrets before = new Secrets(bytes(OLD));
        for (int id = 0; id < 250; id++) {
            byte[] sealed = before.seal(place.context(id), ("thing " + id).getBytes(StandardCharsets.UTF_8));
            sealed[sealed.length - 1] ^= (byte) (id == 7 ? 1 : 0);
            sql.sql("INSERT INTO " + table + " VALUES (:id, :sealed)")
                    .param("id", id)
                    .param("sealed", sealed)
                    .update();
        }
        Secrets now = new Secrets(bytes(NEW), Optional.of(bytes(OLD)));
        SealedValues values = new SealedValues(
                new StaticListableBeanFactory(Map.of("place", place)).getBeanProvider(SealedColumn.class),
                new SealedStore(TestBursar.shared().sql()),
                now,
                transaction);

        SealedValues.Resealed first = values.reseal(1);
        assertThat(first).isEqualTo(new SealedValues.Resealed(100, 0));
        assertThat(opened(sql, place, now)).as("half-way").isEqualTo(249);
        assertThat(values.reseal(10)).isEqualTo(new SealedValues.Resealed(149, 1));
        assertThat(opened(sql, place, new Secrets(bytes(NEW))))
                .as("without the key before")
                .isEqualTo(249);
        assertThat(values.standings()).containsExactly(new SealedValues.Standing(place, 249, 1, 0));
        sql.sql("DROP TABLE " + table).update();
    }

    @Test
    void every_column_of_sealed_values_takes_part() {
        TestBursar bursar = TestBursar.shared();
        List<String> columns =
                bursar.ownerSql().sql("""
                        SELECT table_schema || '.' || table_name || ' ' || column_name FROM information_schema.columns
                        WHERE data_type = 'bytea' AND column_name ~ '(^|_)sealed$'
                        """).query((row, _) -> row.getString(1)).list();
        assertThat(bursar.context().getBeansOfType(SealedColumn.class).values().stream()
                        .map(place -> place.table() + " " + place.column()))
                .containsExactlyInAnyOrderElementsOf(columns);
    }

    /** As a node does that was not restarted yet. */
    private static void sealUnderTheKeyBefore(TestBursar bursar) {
        UUID id = bursar.sql()
                .sql("SELECT id FROM mail.message ORDER BY id LIMIT 1")
                .query(UUID.class)
                .single();
        byte[] sealed = new Secrets(bytes(OLD)).seal("mail.message/" + id, "late".getBytes(StandardCharsets.UTF_8));
        bursar.sql()
                .sql("UPDATE mail.message SET body_sealed = :sealed WHERE id = :id")
                .param("sealed", sealed)
                .param("id", id)
                .update();
    }

    private TestBursar start(Map<String, String> keys) {
        Map<String, String> settings = new HashMap<>(keys);
        settings.put("BURSAR_HOME", folder.resolve("home").toString());
        return TestBursar.start(settings);
    }

    private static long opened(JdbcClient sql, SealedColumn place, Secrets secrets) {
        return sql
                .sql("SELECT id, thing FROM " + place.table())
                .query((row, _) -> Map.entry(row.getInt("id"), row.getBytes("thing")))
                .list()
                .stream()
                .filter(row -> opens(secrets, place.context(row.getKey()), row.getValue()))
                .count();
    }

    private static boolean opens(Secrets secrets, String context, byte[] sealed) {
        try {
            return secrets.open(context, sealed).length > 0;
        } catch (IllegalStateException unreadable) {
            return false;
        }
    }

    private static byte[] bytes(String key) {
        return Base64.getDecoder().decode(key);
    }

    private static String key(int fill) {
        byte[] key = new byte[Secrets.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }
}
