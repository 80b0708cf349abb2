package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Enrolment;
import io.bursar.identity.Principal;
import io.bursar.identity.SecondFactors;
import io.bursar.platform.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How whoever reads it signs in: their second factor and its recovery codes, which are on no page but their first. */
@ConsolePage
class OwnSignInPage {
    static final String PATH = "/console/sign-in";

    private final SecondFactors secondFactors;

    OwnSignInPage(SecondFactors secondFactors) {
        this.secondFactors = secondFactors;
    }

    @GetMapping(PATH)
    @Access(Principal.Operator.class)
    String look(Principal.Operator operator, Model model) {
        return draw(operator, Optional.empty(), "", List.of(), model);
    }

    /** Answers at once instead of redirecting, because the secret is shown this once. */
    @PostMapping(PATH + "/second-factor")
    @Access(value = Principal.Operator.class, stepUp = true)
    String begin(Principal.Operator operator, Model model) {
        Optional<Enrolment> enrolment = secondFactors.begin(operator);
        if (enrolment.isEmpty()) {
            throw Problem.of(
                            409,
                            "second_factor_present",
                            "You have a second factor already. Another admin can take it away.")
                    .asException();
        }
        return draw(operator, enrolment, "", List.of(), model);
    }

    @PostMapping(PATH + "/second-factor/confirmation")
    @Access(value = Principal.Operator.class, stepUp = true)
    String confirm(
            @RequestParam(defaultValue = "") String code,
            Principal.Operator operator,
            HttpServletResponse answer,
            Model model) {
        Optional<List<String>> recoveryCodes = secondFactors.confirm(operator, code);
        if (recoveryCodes.isPresent()) {
            return draw(operator, Optional.empty(), "", recoveryCodes.get(), model);
        }
        answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        String wrong = "This is not the code the app should show now. Is the clock of the phone right?";
        return draw(operator, secondFactors.begun(operator), wrong, List.of(), model);
    }

    @PostMapping(PATH + "/recovery-codes")
    @Access(value = Principal.Operator.class, stepUp = true)
    String replaceRecoveryCodes(Principal.Operator operator, Model model) {
        return draw(operator, Optional.empty(), "", secondFactors.replaceRecoveryCodes(operator), model);
    }

    private String draw(
            Principal.Operator operator,
            Optional<Enrolment> enrolment,
            String wrong,
            List<String> recoveryCodes,
            Model model) {
        model.addAttribute("has", secondFactors.has(operator.operatorId()));
        model.addAttribute("left", secondFactors.recoveryCodesLeft(operator.operatorId()));
        model.addAttribute("enrolment", enrolment.orElse(null));
        model.addAttribute("wrong", wrong);
        model.addAttribute("recoveryCodes", recoveryCodes);
        return "console/sign-in";
    }
}
