package io.bursar.sandbox.mail;

import static io.bursar.sandbox.http.Page.escape;

import io.bursar.sandbox.http.Page;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The mailbox as a page; links in a mail can be clicked, and nothing else of it is taken for HTML. */
final class MailPage {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"')]+[^\\s<>\"').,;:!?]");

    private MailPage() {}

    static String of(List<Message> messages) {
        var mails = messages.stream().map(MailPage::card).collect(Collectors.joining());
        var body = mails.isEmpty()
                ? "<section class=\"card\"><div>No mail yet. Invite a merchant in the console and it arrives here."
                        + "</div></section>"
                : mails;
        return Page.of(
                "Mailbox",
                "<h1>Mailbox</h1><p class=\"dim\">Every mail that the demo sends arrives here, whoever it is for. "
                        + "<a href=\"/\">Look again</a></p>" + body);
    }

    private static String card(Message message) {
        return """
                <section class="card" id="m%d"><div class="head"><h2>%s</h2><span class="dim">to %s</span>
                <time class="dim">%s</time></div><pre>%s</pre></section>
                """.formatted(
                message.id(),
                escape(message.subject()),
                escape(String.join(", ", message.to())),
                escape(message.receivedAt().truncatedTo(ChronoUnit.SECONDS).toString()),
                linked(message.text()));
    }

    private static String linked(String text) {
        var html = new StringBuilder();
        var links = LINK.matcher(text);
        int end = 0;
        while (links.find()) {
            var link = escape(links.group());
            html.append(escape(text.substring(end, links.start())))
                    .append("<a href=\"")
                    .append(link)
                    .append("\" rel=\"noreferrer\">")
                    .append(link)
                    .append("</a>");
            end = links.end();
        }
        return html.append(escape(text.substring(end))).toString();
    }
}
