package io.bursar.console;

import io.bursar.audit.People;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Forgetting a person who asked for it. Addresses are posted, because those in addresses of pages would be logged. */
@ConsolePage
@Access(value = Principal.Operator.class, role = Role.ADMIN)
class ForgetPage {
    static final String PATH = "/console/forget";
    private static final int EMAIL_LENGTH_MAX = 254;
    private static final int REASON_LENGTH_MAX = 500;

    private final People people;

    ForgetPage(People people) {
        this.people = people;
    }

    @GetMapping(PATH)
    String form() {
        return "console/forget";
    }

    @PostMapping(PATH + "/known")
    String look(@RequestParam(defaultValue = "") String email, HttpServletResponse answer, Model model) {
        if (!address(email)) {
            return refused("email", "This is not an e-mail address.", email, answer, model);
        }
        return draw(email, people.known(email), model);
    }

    @PostMapping(PATH)
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String forget(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String reason,
            Principal.Operator operator,
            HttpServletResponse answer,
            Model model) {
        if (!address(email)) {
            return refused("email", "This is not an e-mail address.", email, answer, model);
        }
        String given = reason.strip();
        if (given.isEmpty() || given.length() > REASON_LENGTH_MAX) {
            model.addAttribute("known", people.known(email));
            String sentence = "A reason of 1 to " + REASON_LENGTH_MAX + " characters is needed.";
            return refused("reason", sentence, email, answer, model);
        }
        People.Known known = people.forget(email, operator.actor(), given);
        boolean done = !known.nothing() && known.obstacle().isEmpty();
        model.addAttribute("done", done ? known : null);
        return done ? "console/forget" : draw(email, known, model);
    }

    private static String draw(String email, People.Known known, Model model) {
        model.addAttribute("email", email);
        model.addAttribute("known", known);
        return "console/forget";
    }

    private static String refused(
            String field, String sentence, String email, HttpServletResponse answer, Model model) {
        answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("email", email);
        model.addAttribute("wrongField", field);
        model.addAttribute("wrong", sentence);
        return "console/forget";
    }

    private static boolean address(String email) {
        String given = email.strip();
        return given.length() <= EMAIL_LENGTH_MAX && given.matches("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    }
}
