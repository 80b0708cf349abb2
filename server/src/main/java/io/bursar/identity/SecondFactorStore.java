package io.bursar.identity;

import io.bursar.platform.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SecondFactorStore {
    private final JdbcClient jdbc;

    SecondFactorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces a secret that was never confirmed; false when there is a confirmed one. */
    boolean begin(UUID operator, byte[] secretSealed, Instant now) {
        return jdbc.sql("""
                        INSERT INTO identity.totp AS t (operator_id, secret_sealed, begun_at)
                        VALUES (:operator, :secret, :now)
                        ON CONFLICT (operator_id) DO UPDATE SET secret_sealed = :secret, begun_at = :now
                          WHERE t.confirmed_at IS NULL
                        """)
                        .param("operator", operator)
                        .param("secret", secretSealed)
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    Optional<byte[]> secret(UUID operator, boolean confirmed) {
        return jdbc.sql("""
                SELECT secret_sealed FROM identity.totp
                WHERE operator_id = :operator AND (confirmed_at IS NOT NULL) = :confirmed
                """)
                .param("operator", operator)
                .param("confirmed", confirmed)
                .query((row, number) -> row.getBytes("secret_sealed"))
                .optional();
    }

    Set<UUID> confirmed() {
        return jdbc
                .sql("SELECT operator_id FROM identity.totp WHERE confirmed_at IS NOT NULL")
                .query((row, number) -> row.getObject("operator_id", UUID.class))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean confirm(UUID operator, Instant now) {
        return jdbc.sql("""
                        UPDATE identity.totp SET confirmed_at = :now
                        WHERE operator_id = :operator AND confirmed_at IS NULL
                        """)
                        .param("operator", operator)
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    /** True for the first code of this time step or a later one; every further one is a replay. */
    boolean use(UUID operator, long step) {
        return jdbc.sql("""
                        UPDATE identity.totp SET last_step = :step WHERE operator_id = :operator AND last_step < :step
                        """).param("operator", operator).param("step", step).update() == 1;
    }

    boolean remove(UUID operator) {
        return jdbc.sql("DELETE FROM identity.totp WHERE operator_id = :operator")
                        .param("operator", operator)
                        .update()
                == 1;
    }

    void replaceRecoveryCodes(UUID operator, List<byte[]> digests) {
        jdbc.sql("DELETE FROM identity.recovery_code WHERE operator_id = :operator")
                .param("operator", operator)
                .update();
        for (byte[] digest : digests) {
            jdbc.sql("INSERT INTO identity.recovery_code (operator_id, code_digest) VALUES (:operator, :digest)")
                    .params(Map.of("operator", operator, "digest", digest))
                    .update();
        }
    }

    boolean useRecoveryCode(UUID operator, byte[] digest, Instant now) {
        return jdbc.sql("""
                        UPDATE identity.recovery_code SET used_at = :now
                        WHERE operator_id = :operator AND code_digest = :digest AND used_at IS NULL
                        """)
                        .param("operator", operator)
                        .param("digest", digest)
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    int recoveryCodesLeft(UUID operator) {
        return jdbc.sql("""
                SELECT count(*) FROM identity.recovery_code WHERE operator_id = :operator AND used_at IS NULL
                """).param("operator", operator).query(Integer.class).single();
    }
}
