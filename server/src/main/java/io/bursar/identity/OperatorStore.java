package io.bursar.identity;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class OperatorStore {
    private final JdbcClient jdbc;

    OperatorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the address is taken, also by somebody who adds it at this very moment. */
    boolean insert(OperatorView operator, String passwordHash) {
        return jdbc.sql("""
                        INSERT INTO identity.operator (id, email, name, role, password_hash, created_at)
                        VALUES (:id, :email, :name, :role, :hash, :created)
                        ON CONFLICT (email) DO NOTHING
                        """)
                        .param("id", operator.id())
                        .param("email", operator.email())
                        .param("name", operator.name())
                        .param("role", operator.role().name())
                        .param("hash", passwordHash)
                        .param("created", Sql.time(operator.createdAt()))
                        .update()
                == 1;
    }

    boolean none() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM identity.operator)")
                .query(Boolean.class)
                .single();
    }

    Optional<OperatorRow> byEmail(String email) {
        return jdbc.sql("SELECT * FROM identity.operator WHERE email = :email")
                .param("email", email)
                .query((row, number) -> new OperatorRow(view(row), row.getString("password_hash")))
                .optional();
    }

    Optional<OperatorRow> byId(UUID id) {
        return jdbc.sql("SELECT * FROM identity.operator WHERE id = :id")
                .param("id", id)
                .query((row, number) -> new OperatorRow(view(row), row.getString("password_hash")))
                .optional();
    }

    List<OperatorView> list() {
        return jdbc.sql("SELECT * FROM identity.operator ORDER BY id")
                .query((row, number) -> view(row))
                .list();
    }

    /** Held until the transaction ends, so that of two admins who disable each other one stays. */
    List<UUID> lockEnabledAdmins() {
        return jdbc.sql("""
                SELECT id FROM identity.operator WHERE role = 'ADMIN' AND disabled_at IS NULL ORDER BY id FOR UPDATE
                """)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Their id stays; nobody is found by it any more. */
    void forget(UUID operator) {
        jdbc.sql("""
                UPDATE identity.operator SET email = id || '@forgotten.invalid', name = 'Former operator'
                WHERE id = :id AND disabled_at IS NOT NULL
                """).param("id", operator).update();
        jdbc.sql("DELETE FROM identity.totp WHERE operator_id = :id")
                .param("id", operator)
                .update();
        jdbc.sql("DELETE FROM identity.known_device WHERE operator_id = :id")
                .param("id", operator)
                .update();
    }

    boolean disable(UUID operator, Instant now) {
        return jdbc.sql("UPDATE identity.operator SET disabled_at = :now WHERE id = :id AND disabled_at IS NULL")
                        .param("id", operator)
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    private static OperatorView view(ResultSet row) throws SQLException {
        return new OperatorView(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "disabled_at"));
    }
}
