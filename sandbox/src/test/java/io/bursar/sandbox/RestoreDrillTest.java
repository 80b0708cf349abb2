package io.bursar.sandbox;

import static io.bursar.sandbox.Stage.patience;
import static io.bursar.sandbox.Stage.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.mail.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The worst day of an operator: a backup was made while ten things were on their way out, they left, and then the
 * machine was lost. What comes back from the backup believes that none of them has left.
 */
class RestoreDrillTest {
    private static final int OF_EACH = 5;
    private static final String GATES = "/console/gates";

    private final Stage stage = Stage.open();
    private final DemoConsole operator = new DemoConsole(stage.url());

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void ten_things_that_left_after_the_backup_do_not_leave_again_until_somebody_lets_them() throws IOException {
        operator.signIn(Stage.OPERATOR);
        var partner = operator.createPartner(Stage.BASE, stage.partner.hookUrl());
        stage.partner.configure(stage.url(), partner);
        Path backup = aBackupWithTenThingsOnTheirWay(partner);
        Set<String> webhooks = theyAllLeave(partner);

        stage.restore(backup);

        everyGateThatLeadsOutwardIsClosedAndTheConsoleSaysWhy();
        nothingLeavesThoughTheJobsRun(webhooks);
        assertThat(stage.auditIsUntouched()).isTrue();
        oneGateIsOpenedAndWhatIsDueByTheBackupComesUnderTheSameIds(partner, webhooks);
    }

    /** Five webhooks that nobody takes for now, and five mails behind a gate that is closed for another reason. */
    private Path aBackupWithTenThingsOnTheirWay(DemoFile.Partner partner) throws IOException {
        change("mail/closing", "The mail server moves");
        stage.partner.away(true);
        for (int number = 1; number <= OF_EACH; number++) {
            stage.sendTestWebhook(partner);
            operator.invite(partner, new DemoConsole.Invitation("Shop " + number, "shop" + number + "@mail.example"));
        }
        return stage.backUp();
    }

    private Set<String> theyAllLeave(DemoFile.Partner partner) {
        stage.partner.away(false);
        stage.hurryWebhooks(partner);
        change("mail/opening", "It has moved");
        patience("five webhooks and five mails").until(() -> ids().size() == OF_EACH && mails().size() == OF_EACH);
        assertThat(stage.partner.notices()).hasSize(OF_EACH).allMatch(PartnerBackend.Notice::genuine);
        return ids();
    }

    private void everyGateThatLeadsOutwardIsClosedAndTheConsoleSaysWhy() {
        var admin = new DemoConsole(stage.url()).signIn(Stage.OPERATOR);
        String page = words(admin.open(GATES));
        assertThat(page).contains("2 closed");
        assertThat(page).contains("“Restored from the backup of ", "“The mail server moves”");
        assertThat(admin.open("/console").html())
                .contains("class=\"banner\"", "What left since then must not leave twice.");
        assertThat(stage.audit()).contains("gate.closed by system");
    }

    private void nothingLeavesThoughTheJobsRun(Set<String> webhooks) {
        for (String job : List.of("deliver-webhooks", "send-mail")) {
            long runs = stage.runs(job);
            patience(job + " to run").until(() -> stage.runs(job) > runs + 3);
        }
        assertThat(stage.partner.notices()).hasSize(OF_EACH);
        assertThat(ids()).isEqualTo(webhooks);
        assertThat(mails()).hasSize(OF_EACH);
    }

    /** The restored state knows no better; the receiver does, by the ids. Mail stays where it is. */
    private void oneGateIsOpenedAndWhatIsDueByTheBackupComesUnderTheSameIds(
            DemoFile.Partner partner, Set<String> webhooks) {
        change("webhooks-out/opening", "The partner says that they know these by their ids");
        stage.hurryWebhooks(partner);

        patience("the same five webhooks").until(() -> stage.partner.notices().size() == 2 * OF_EACH);
        assertThat(ids()).isEqualTo(webhooks);
        assertThat(words(new DemoConsole(stage.url()).signIn(Stage.OPERATOR).open(GATES)))
                .contains("1 closed");
        assertThat(mails()).hasSize(OF_EACH);
    }

    private void change(String gate, String reason) {
        var browser = new Browser(stage.url());
        var signIn = Map.of("email", Stage.OPERATOR.email(), "password", Stage.OPERATOR.password());
        browser.submit("/login", "/login.*", signIn).expectOk("signing in");
        browser.submit(GATES, GATES + "/" + gate, Map.of("reason", reason)).expectOk(gate);
    }

    private Set<String> ids() {
        return stage.partner.notices().stream().map(PartnerBackend.Notice::id).collect(Collectors.toSet());
    }

    private List<Message> mails() {
        return stage.mailbox().messages().stream()
                .filter(message -> message.to().stream().anyMatch(to -> to.endsWith("@mail.example")))
                .toList();
    }
}
