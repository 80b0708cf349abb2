package io.bursar.console;

import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The bare address leads to the console, which asks whoever is not signed in to do so. */
@Controller
@Access(Principal.Public.class)
class HomePage {
    @GetMapping("/")
    String home() {
        return "redirect:" + TodayPage.PATH;
    }
}
