package io.bursar.identity;

import io.bursar.platform.Sql;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Browsers by digest: those of operators by who they are, those of a portal by the address, which nobody looks up. */
@Component
class DeviceStore {
    private final JdbcClient jdbc;

    DeviceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean known(UUID operator, byte[] device) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM identity.known_device
                               WHERE operator_id = :operator AND device_digest = :device)
                """)
                .param("operator", operator)
                .param("device", device)
                .query(Boolean.class)
                .single();
    }

    void remember(UUID operator, byte[] device, Instant now) {
        jdbc.sql("""
                INSERT INTO identity.known_device (operator_id, device_digest, last_used_at)
                VALUES (:operator, :device, :now)
                ON CONFLICT (operator_id, device_digest) DO UPDATE SET last_used_at = :now
                """)
                .param("operator", operator)
                .param("device", device)
                .param("now", Sql.time(now))
                .update();
    }

    boolean knownAtPortal(byte[] account, byte[] device) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM identity.portal_device
                               WHERE account_digest = :account AND device_digest = :device)
                """)
                .param("account", account)
                .param("device", device)
                .query(Boolean.class)
                .single();
    }

    void rememberAtPortal(byte[] account, byte[] device, Instant now) {
        jdbc.sql("""
                INSERT INTO identity.portal_device (account_digest, device_digest, last_used_at)
                VALUES (:account, :device, :now)
                ON CONFLICT (account_digest, device_digest) DO UPDATE SET last_used_at = :now
                """)
                .param("account", account)
                .param("device", device)
                .param("now", Sql.time(now))
                .update();
    }
}
