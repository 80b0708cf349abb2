package io.bursar.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.TestBursar;
import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Secrets;
import io.bursar.platform.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class MailTest {
    private final TestBursar bursar = TestBursar.shared();
    private final Mail mail = bursar.bean(Mail.class);
    private final LoopbackSmtp server = new LoopbackSmtp();
    private final SendMail job = new SendMail(
            bursar.bean(MailStore.class),
            new SmtpSender(new MailSettings(
                    new Settings(Map.of("SMTP_URL", server.url(), "MAIL_FROM", "Desk <desk@bursar.example>")))),
            bursar.bean(Secrets.class),
            bursar.bean(Gatekeeper.class),
            bursar.bean(ErrorLog.class),
            bursar.clock());
    private final String recipient = UUID.randomUUID() + "@merchant.example";

    @AfterEach
    void stop() {
        job.run();
        server.close();
    }

    @Test
    void a_queued_mail_is_sent_once_and_its_body_erased() {
        mail.queue(
                "merchant-invite", recipient, "You are invited", "Follow https://bursar.example/invite/secret-token");
        assertThat(stored("encode(body_sealed, 'escape')")).doesNotContain("secret-token");

        job.run();
        job.run();

        assertThat(server.received())
                .filteredOn(text -> text.contains(recipient))
                .hasSize(1);
        assertThat(server.received().getLast())
                .contains("From: Desk <desk@bursar.example>", "Subject: You are invited", "invite/secret-token");
        assertThat(stored("state || ' ' || (body_sealed IS NULL)")).isEqualTo("sent true");
    }

    @Test
    void a_mail_of_a_rolled_back_change_is_never_sent() {
        bursar.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            mail.queue("merchant-invite", recipient, "You are invited", "text");
            status.setRollbackOnly();
        });

        job.run();

        assertThat(server.received()).noneMatch(text -> text.contains(recipient));
    }

    @Test
    void a_mail_is_tried_again_later_when_the_server_is_away() {
        mail.queue("merchant-invite", recipient, "You are invited", "text");
        server.refuse(true);
        job.run();
        assertThat(stored("state || ' ' || attempts")).isEqualTo("queued 1");
        server.refuse(false);

        job.run();
        assertThat(stored("state || ' ' || attempts")).isEqualTo("queued 1");
        bursar.clock().forward(Duration.ofSeconds(11));
        job.run();

        assertThat(stored("state || ' ' || attempts")).isEqualTo("sent 2");
        assertThat(server.received())
                .filteredOn(text -> text.contains(recipient))
                .hasSize(1);
    }

    @Test
    void it_is_given_up_after_the_last_retry_and_said_so() {
        mail.queue("merchant-invite", recipient, "You are invited", "text");
        server.refuse(true);
        job.run();
        for (Duration wait : SendMail.RETRY_AFTER) {
            assertThat(stored("state")).isEqualTo("queued");
            bursar.clock().forward(wait.plusSeconds(1));
            job.run();
        }

        assertThat(stored("state || ' ' || (body_sealed IS NULL)")).isEqualTo("failed true");
        var errors = bursar.bean(ErrorLog.class).entries("mail_given_up", "mail/" + stored("id::text"), null, 10);
        assertThat(errors.items()).hasSize(1);
        assertThat(errors.items().getFirst().message()).doesNotContain(recipient);
    }

    @Test
    void a_line_break_in_a_header_is_refused() {
        assertThatThrownBy(() -> mail.queue("note", recipient, "Hello\r\nBcc: all@example.com", "text"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String stored(String expression) {
        return bursar.ownerSql()
                .sql("SELECT " + expression + " FROM mail.message WHERE recipient = :recipient")
                .param("recipient", recipient)
                .query(String.class)
                .single();
    }
}
