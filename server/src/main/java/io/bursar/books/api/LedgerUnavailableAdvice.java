package io.bursar.books.api;

import io.bursar.ledger.LedgerBusyException;
import io.bursar.ledger.LedgerUnavailableException;
import io.bursar.platform.Problem;
import io.bursar.platform.ProblemWriter;
import io.bursar.platform.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Tells whoever asks while the ledger cannot answer that nothing was posted, and when to try again. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class LedgerUnavailableAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerUnavailableAdvice.class);
    private static final int AWAY_RETRY_SECONDS = 2;

    @ExceptionHandler
    @Nullable
    ModelAndView answer(LedgerUnavailableException away, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return ProblemWriter.answer(request, response, problem(away));
    }

    private static Problem problem(LedgerUnavailableException away) {
        return switch (away) {
            case LedgerBusyException _ -> Refusals.busy();
            case LedgerUnavailableException unavailable ->
                Problems.poolExhausted(unavailable).orElseGet(() -> unavailable(unavailable));
        };
    }

    private static Problem unavailable(LedgerUnavailableException away) {
        LOG.error("The ledger's database does not answer", away);
        return Problem.unavailable(
                "ledger_unavailable",
                "The ledger does not answer, and nothing was posted. Try again in a moment.",
                AWAY_RETRY_SECONDS);
    }
}
