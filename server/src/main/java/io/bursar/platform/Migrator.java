package io.bursar.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Brings every module's schema up to date, each from its own folder {@code db/migration/<module>} and with its own
 * Flyway history, then grants the serving role what it needs and no more: a table with a trigger named {@code
 * append_only} can be read and added to, never changed.
 *
 * <p>A digest of all scripts is stored with the grants, so that a start with nothing new asks one question.
 */
public final class Migrator {
    /** A schema of this name stands in a database that a restore has begun to fill; nothing may start on it. */
    public static final String UNFINISHED_RESTORE = "bursar_unfinished_restore";

    private static final String SCRIPTS = "classpath*:db/migration/*/*.sql";
    private static final Pattern MODULE = Pattern.compile("/db/migration/([a-z]+)/[^/]+\\.sql$");
    private static final String GRANTS = """
            DO $$
            DECLARE found record;
            BEGIN
              EXECUTE format('GRANT USAGE ON SCHEMA %1$I TO %2$I', '{schema}', '{role}');
              EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %1$I TO %2$I', '{schema}', '{role}');
              FOR found IN
                SELECT c.relname, c.relname = 'flyway_schema_history' AS ours, EXISTS (
                         SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only') AS history
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = '{schema}' AND c.relkind IN ('r', 'p', 'v', 'm')
              LOOP
                EXECUTE format('REVOKE ALL ON %I.%I FROM %I', '{schema}', found.relname, '{role}');
                EXECUTE format('GRANT %s ON %I.%I TO %I',
                  CASE WHEN found.ours THEN 'SELECT' WHEN found.history THEN 'SELECT, INSERT'
                       ELSE 'SELECT, INSERT, UPDATE, DELETE' END,
                  '{schema}', found.relname, '{role}');
              END LOOP;
            END $$
            """;

    private final DatabaseLogins logins;
    private final DriverManagerDataSource owner;
    private final JdbcClient jdbc;

    public Migrator(DatabaseLogins logins) {
        this.logins = logins;
        this.owner = new DriverManagerDataSource(
                logins.owner().jdbcUrl(), logins.owner().user(), logins.owner().password());
        this.jdbc = JdbcClient.create(owner);
    }

    /** A script as its checksum tells it from others of the same version. */
    public record Script(String version, int checksum) {}

    /** What this build has for each module, in the order in which it is run. */
    public Map<String, List<Script>> known() {
        Map<String, List<Script>> known = new TreeMap<>();
        for (String module : modules(scripts())) {
            known.put(
                    module,
                    Stream.of(flyway(module, MigrationVersion.LATEST).info().all())
                            .filter(script -> script.getVersion() != null && script.getChecksum() != null)
                            .map(script -> new Script(
                                    script.getVersion().getVersion(), Objects.requireNonNull(script.getChecksum())))
                            .toList());
        }
        return known;
    }

    /** Brings each of these modules to a version and no further, without grants: for a restore. */
    public void migrateTo(Map<String, String> versions) {
        versions.forEach((module, version) ->
                flyway(module, MigrationVersion.fromVersion(version)).migrate());
    }

    public void migrate() {
        Resource[] scripts = scripts();
        String digest = digest(scripts);
        if (upToDate(digest)) {
            return;
        }
        refuseHalfOfABackup();
        for (String module : modules(scripts)) {
            migrate(module);
            if (logins.historyGuardedByPrivileges()) {
                grant(module);
            }
        }
        logins.triage().ifPresent(this::grantTriage);
        jdbc.sql("INSERT INTO platform.migrated (digest) VALUES (:digest) ON CONFLICT DO NOTHING")
                .param("digest", digest)
                .update();
    }

    private void migrate(String module) {
        try {
            flyway(module, MigrationVersion.LATEST).migrate();
        } catch (FlywayValidateException differs) {
            throw new StartRefusedException("The database was made by a build of Bursar whose schema '" + module
                    + "' is not an earlier state of this one's. Start it with the build that made it; a demo starts"
                    + " anew with --fresh.");
        }
    }

    private Flyway flyway(String module, MigrationVersion target) {
        return Flyway.configure(Migrator.class.getClassLoader())
                .dataSource(owner)
                .schemas(module)
                .defaultSchema(module)
                .locations("classpath:db/migration/" + module)
                .failOnMissingLocations(true)
                .target(target)
                .load();
    }

    private void refuseHalfOfABackup() {
        if (jdbc.sql("SELECT to_regnamespace(:schema) IS NOT NULL")
                .param("schema", UNFINISHED_RESTORE)
                .query(Boolean.class)
                .single()) {
            throw new StartRefusedException("A restore into this database was not finished, so it holds a part of a"
                    + " backup. Restore into an empty database.");
        }
    }

    private boolean upToDate(String digest) {
        boolean known = jdbc.sql("SELECT to_regclass('platform.migrated') IS NOT NULL")
                .query(Boolean.class)
                .single();
        return known
                && jdbc.sql("""
                        SELECT digest = :digest FROM platform.migrated ORDER BY sequence DESC LIMIT 1
                        """)
                        .param("digest", digest)
                        .query(Boolean.class)
                        .optional()
                        .orElse(false);
    }

    private void grant(String module) {
        jdbc.sql(GRANTS.replace("{schema}", module)
                        .replace("{role}", logins.app().user()))
                .update();
    }

    private void grantTriage(DatabaseLogin triage) {
        jdbc.sql("GRANT USAGE ON SCHEMA triage TO " + triage.user()).update();
        jdbc.sql("GRANT SELECT ON ALL TABLES IN SCHEMA triage TO " + triage.user())
                .update();
    }

    private static Set<String> modules(Resource[] scripts) {
        Set<String> modules = new TreeSet<>();
        for (Resource script : scripts) {
            Matcher matcher = MODULE.matcher(path(script));
            if (matcher.find()) {
                modules.add(Objects.requireNonNull(matcher.group(1)));
            }
        }
        return modules;
    }

    private static Resource[] scripts() {
        try {
            Resource[] scripts = new PathMatchingResourcePatternResolver().getResources(SCRIPTS);
            Arrays.sort(scripts, Comparator.comparing(Migrator::path));
            return scripts;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Grants depend on who serves, so the role belongs to what the digest covers. */
    private String digest(Resource[] scripts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(logins.app().user().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Resource script : List.of(scripts)) {
                sha.update(script.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String path(Resource script) {
        try {
            return script.getURL().getPath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
