package io.bursar.outbox;

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
class ContactStore {
    private static final String SELECT = "SELECT id, owner, email FROM outbox.contact ";

    private final JdbcClient jdbc;

    ContactStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the owner has it already. */
    boolean insert(Contact contact, Instant now) {
        return jdbc.sql("""
                INSERT INTO outbox.contact (id, owner, email, created_at) VALUES (:id, :owner, :email, :now)
                ON CONFLICT (owner, email) DO NOTHING
                """)
                        .param("id", contact.id())
                        .param("owner", contact.owner())
                        .param("email", contact.email())
                        .param("now", Sql.time(now))
                        .update()
                > 0;
    }

    boolean delete(String owner, UUID id) {
        return jdbc.sql("DELETE FROM outbox.contact WHERE owner = :owner AND id = :id")
                        .param("owner", owner)
                        .param("id", id)
                        .update()
                > 0;
    }

    List<Contact> of(String owner) {
        return jdbc.sql(SELECT + "WHERE owner = :owner ORDER BY email")
                .param("owner", owner)
                .query(ContactStore::contact)
                .list();
    }

    Optional<Contact> find(UUID id) {
        return jdbc.sql(SELECT + "WHERE id = :id")
                .param("id", id)
                .query(ContactStore::contact)
                .optional();
    }

    List<Contact> withEmail(String email) {
        return jdbc.sql(SELECT + "WHERE email = lower(:email)")
                .param("email", email)
                .query(ContactStore::contact)
                .list();
    }

    void erase(String email) {
        jdbc.sql("DELETE FROM outbox.contact WHERE email = lower(:email)")
                .param("email", email)
                .update();
    }

    private static Contact contact(ResultSet row, int number) throws SQLException {
        return new Contact(row.getObject("id", UUID.class), row.getString("owner"), row.getString("email"));
    }
}
