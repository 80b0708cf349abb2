package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.mail.Mail;
import io.bursar.mail.MailView;
import io.bursar.platform.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether mail leaves the house. Bodies are not shown: some of them hold what its receiver signs in with. */
@ConsolePage
@Access(value = Principal.Operator.class, role = Role.SUPPORT)
class MailPage {
    static final String PATH = "/console/mail";

    private final Mail mail;

    MailPage(Mail mail) {
        this.mail = mail;
    }

    @GetMapping(PATH)
    String mails(@RequestParam(required = false) @Nullable String cursor, Model model) {
        Page<MailView> page = mail.list(cursor, Page.LIMIT_DEFAULT);
        model.addAttribute("canSend", mail.canSend());
        model.addAttribute("counts", mail.counts());
        model.addAttribute("count", mail.count());
        model.addAttribute("mails", page.items());
        model.addAttribute("next", ListLink.of(PATH).next(page.next()));
        return "console/mail";
    }
}
