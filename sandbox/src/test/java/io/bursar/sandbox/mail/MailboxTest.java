package io.bursar.sandbox.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.sandbox.TestClock;
import io.bursar.sandbox.Web;
import io.bursar.sandbox.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class MailboxTest {
    private Mailbox mailbox;

    @BeforeEach
    void start() {
        mailbox = Mailbox.start(0, 0, TestClock.at("2026-03-04T10:00:00Z"));
    }

    @AfterEach
    void stop() {
        mailbox.close();
    }

    @Test
    void a_mail_sent_by_spring_arrives_decoded() {
        send("Come in, café", "Hello Ana\n.dots stay\n\nhttps://pay.example/invite/a?b=1&c=" + "x".repeat(120) + "\n");
        var message = Json.parse(Web.get(mailbox.url() + "/messages").body()).path(0);
        assertThat(message.path("from").asString()).isEqualTo("bursar@example.com");
        assertThat(message.path("to").path(0).asString()).isEqualTo("ana@example.com");
        assertThat(message.path("subject").asString()).isEqualTo("Come in, café");
        assertThat(message.path("text").asString())
                .contains("\n.dots stay")
                .contains("https://pay.example/invite/a?b=1&c=" + "x".repeat(120));
        assertThat(message.path("receivedAt").asString()).isEqualTo("2026-03-04T10:00:00Z");
        assertThat(Json.parse(Web.get(mailbox.url() + "/messages/1").body())).isEqualTo(message);
        assertThat(Web.get(mailbox.url() + "/messages/2").statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_links_links_and_escapes_everything_else() {
        send("<b>hi</b>", "<script>alert(1)</script> see http://127.0.0.1:8080/invite/abc.");
        assertThat(Web.get(mailbox.url() + "/").body())
                .contains("<a href=\"http://127.0.0.1:8080/invite/abc\" rel=\"noreferrer\">")
                .contains("&lt;b&gt;hi&lt;/b&gt;")
                .doesNotContain("<script");
    }

    @Test
    void a_refusing_mailbox_takes_nothing_until_it_is_told_to() {
        assertThat(Web.post(mailbox.url() + "/sandbox/faults", "{\"fault\":\"refuse\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThatThrownBy(() -> send("Hello", "hello")).isInstanceOf(MailException.class);
        assertThat(mailbox.messages()).isEmpty();
        Web.post(mailbox.url() + "/sandbox/faults", "{\"fault\":\"none\"}");
        send("Hello", "hello");
        assertThat(mailbox.messages()).hasSize(1);
    }

    @Test
    void commands_out_of_order_and_large_messages_are_refused() throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), mailbox.smtpPort());
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(in.readLine()).startsWith("220 ");
            assertThat(say(socket, in, "RCPT TO:<a@example.com>")).startsWith("503");
            assertThat(say(socket, in, "DATA")).startsWith("503");
            assertThat(say(socket, in, "MAIL FROM:<a@example.com> SIZE=99999999"))
                    .startsWith("552");
            assertThat(say(socket, in, "MAIL FROM:<a@example.com>")).startsWith("250");
            assertThat(say(socket, in, "MAIL FROM:<a@example.com>")).startsWith("503");
            assertThat(say(socket, in, "RCPT TO:<b@example.com>")).startsWith("250");
            assertThat(say(socket, in, "DATA")).startsWith("354");
            var line = "x".repeat(998) + "\r\n";
            assertThat(say(socket, in, line.repeat(1_100) + ".")).startsWith("552");
            assertThat(say(socket, in, "RSET")).startsWith("250");
            assertThat(say(socket, in, "VRFY ana")).startsWith("502");
            assertThat(say(socket, in, "QUIT")).startsWith("221");
        }
        assertThat(mailbox.messages()).isEmpty();
    }

    private static String say(Socket socket, BufferedReader in, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return String.valueOf(in.readLine());
    }

    private void send(String subject, String text) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(mailbox.smtpPort());
        sender.setDefaultEncoding("UTF-8");
        var message = new SimpleMailMessage();
        message.setFrom("bursar@example.com");
        message.setTo("ana@example.com");
        message.setSubject(subject);
        message.setText(text);
        sender.send(message);
    }
}
