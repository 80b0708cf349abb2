package io.bursar.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Bursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditVerification;
import io.bursar.books.Books;
import io.bursar.jobs.JobView;
import io.bursar.jobs.Jobs;
import io.bursar.ledger.Transfer;
import io.bursar.outbox.Endpoints;
import io.bursar.platform.BareDatabase;
import io.bursar.platform.Settings;
import io.bursar.sandbox.evm.EvmNode;
import io.bursar.sandbox.http.Json;
import io.bursar.sandbox.mail.Mailbox;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import io.bursar.upkeep.Backup;
import io.bursar.upkeep.BackupFile;
import io.bursar.upkeep.BackupOutcome;
import io.bursar.upkeep.Restore;
import io.bursar.upkeep.RestoreOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * The product with the demo's outside world around it and nobody in it yet. Those who play a part use {@link #url()};
 * what only the audience may do is to read the whole ledger, outbox and audit log afterwards.
 */
final class Stage implements AutoCloseable {
    static final long BASE = 8453;
    static final DemoFile.SignIn OPERATOR = new DemoFile.SignIn("operator@bursar.example", "only for tests: operator");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern TAGS = Pattern.compile("<[^>]*>");
    private static final int ROWS_MAX = 100;

    final PartnerBackend partner = new PartnerBackend();
    private final Path home;
    private final StandIns outside;
    private final Map<String, String> settings;
    private ConfigurableApplicationContext bursar;
    private final String url;

    private Stage() {
        try {
            home = Files.createTempDirectory("bursar-stage");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var directory = new DemoHome(home);
        var clock = Clock.systemUTC();
        int port = Demo.freePort();
        url = "http://127.0.0.1:" + port;
        outside = StandIns.start(directory, BASE, true, Optional.empty(), clock);
        settings = settings(directory, port);
        bursar = Bursar.start(settings, clock);
    }

    static Stage open() {
        return new Stage();
    }

    /** The demo's settings, but the webhooks go to a partner that is a program of its own. */
    private Map<String, String> settings(DemoHome directory, int port) {
        var signIns = new DemoFile(
                url, OPERATOR, OPERATOR, null, null, outside.addresses(node().url()), "", "", BASE, "", false);
        var settings = new HashMap<>(DemoSettings.of(signIns, directory, outside, port));
        settings.put("WEBHOOK_ALLOWED_ORIGINS", partner.origin());
        return settings;
    }

    String url() {
        return url;
    }

    /** {@code ./bursar backup}, while it serves. */
    Path backUp() throws IOException {
        Path file = home.resolve("backup.zip");
        try (var database = BareDatabase.beside(new Settings(settings))) {
            assertThat(new Backup(database, Clock.systemUTC()).write(file)).isInstanceOf(BackupOutcome.Written.class);
        }
        return file;
    }

    /** The machine is lost: {@code ./bursar restore} on another, at the same address, and {@code serve}. */
    void restore(Path file) throws IOException {
        bursar.close();
        settings.put("BURSAR_HOME", home.resolve("restored").toString());
        if (!(BackupFile.open(file) instanceof BackupFile.Opening.Opened(BackupFile backup))) {
            throw new AssertionError(file + " is no backup");
        }
        try (backup;
                var database = BareDatabase.alone(new Settings(settings))) {
            assertThat(new Restore(database, Clock.systemUTC()).from(backup))
                    .isInstanceOf(RestoreOutcome.Restored.class);
        }
        bursar = Bursar.start(settings, Clock.systemUTC());
    }

    /** How often a job has run since Bursar has this database. */
    long runs(String job) {
        return bursar.getBean(Jobs.class).list().stream()
                .filter(view -> view.name().equals(job))
                .mapToLong(JobView::runs)
                .sum();
    }

    /** Tries again what would come only in some minutes, because the machine was slow and a second attempt failed. */
    void hurryWebhooks(DemoFile.Partner owner) {
        var endpoints = bursar.getBean(Endpoints.class);
        String name = "partner/" + uuid("ptn", owner.id());
        var soon = Clock.systemUTC().instant().plusSeconds(20);
        endpoints.deliveries(name, null, null, ROWS_MAX).items().stream()
                .filter(delivery -> delivery.nextAttemptAt() != null && soon.isBefore(delivery.nextAttemptAt()))
                .forEach(delivery -> endpoints.replay(name, delivery.deliveryId(), Actor.system("test")));
    }

    /** The partner's endpoint is sent something that means nothing. */
    void sendTestWebhook(DemoFile.Partner owner) {
        var endpoints = bursar.getBean(Endpoints.class);
        String name = "partner/" + uuid("ptn", owner.id());
        bursar.getBean(TransactionTemplate.class)
                .executeWithoutResult(
                        _ -> endpoints.test(name, endpoints.of(name).getFirst().id(), Actor.system("test")));
    }

    Mailbox mailbox() {
        return outside.mailbox();
    }

    String walletUrl() {
        return node().url() + "/wallet";
    }

    /** From now on blocks come only when {@link #mineBlock} is called. */
    void stopTheChain() {
        tell("/sandbox/faults", Map.of("stall", true));
    }

    void letTheChainGoOn() {
        tell("/sandbox/faults", Map.of("stall", false));
    }

    void mineBlock() {
        tell("/sandbox/mine", Map.of("blocks", 1));
    }

    /** The last blocks are replaced by one more than there were, and what they held is gone as if never sent. */
    void replaceBlocks(int depth) {
        tell("/sandbox/reorg", Map.of("depth", depth, "mode", "drop"));
    }

    private void tell(String path, Map<String, ?> order) {
        var answer = Web.post(node().url() + path, Json.write(order));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.body());
        }
    }

    private EvmNode node() {
        return requireNonNull(outside.node(), "the stage has a chain of its own");
    }

    static ConditionFactory patience(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }

    /** Every transfer in the partner's book, oldest first: {@code pend a → b 42.5 USDC as <reference>}. */
    List<String> ledgerOf(DemoFile.Partner owner) {
        var books = bursar.getBean(Books.class);
        var book = books.open("stablecoin/" + uuid("ptn", owner.id()));
        return books.ledger().transfers(book, null, ROWS_MAX).items().reversed().stream()
                .map(Stage::words)
                .toList();
    }

    private static String words(Transfer transfer) {
        return "%s %s → %s %d %s as %s"
                .formatted(
                        transfer.kind().name().toLowerCase(Locale.ROOT),
                        transfer.debit().account().value(),
                        transfer.credit().account().value(),
                        transfer.amount(),
                        transfer.unit(),
                        transfer.reference().value());
    }

    /** Every event ever put in the outbox, oldest first: {@code type of subject to owner}. */
    List<String> outbox() {
        return bursar.getBean(JdbcClient.class)
                .sql("SELECT type || ' of ' || subject || ' to ' || owner FROM outbox.event ORDER BY id")
                .query((row, _) -> requireNonNull(row.getString(1)))
                .list();
    }

    /** Every line of the audit log, oldest first: {@code action by kind of actor}. */
    List<String> audit() {
        var entries = bursar.getBean(Audit.class).entries((String) null, null, ROWS_MAX);
        return entries.items().reversed().stream()
                .map(entry -> entry.action() + " by "
                        + entry.actor().substring(0, entry.actor().indexOf('/')))
                .toList();
    }

    boolean auditIsUntouched() {
        return switch (bursar.getBean(Audit.class).verify()) {
            case AuditVerification.Intact _ -> true;
            case AuditVerification.Broken _ -> false;
        };
    }

    /** What a page says, without its tags. */
    static String words(Browser.Shown page) {
        var main =
                page.html().substring(page.html().indexOf("<main"), page.html().indexOf("</main>"));
        return TAGS.matcher(main).replaceAll(" ").replaceAll("\\s+", " ").strip();
    }

    /** The address of the first link on the page that looks like this. */
    static String link(Browser.Shown page, String pattern) {
        return page.find(Pattern.compile("href=\"(" + pattern + ")\""))
                .orElseThrow(() -> new AssertionError(page.address() + " has no link to " + pattern));
    }

    static UUID uuid(String kind, String text) {
        return IdText.parse(kind, text).orElseThrow();
    }

    @Override
    public void close() {
        bursar.close();
        outside.close();
        partner.close();
        try {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException leftover) {
            throw new UncheckedIOException(leftover);
        }
    }
}
