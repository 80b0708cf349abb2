package io.bursar.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/** Whatever a handler throws is answered with a problem: as JSON to programs, as the error page to people. */
@ControllerAdvice
class ProblemAdvice {
    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    @Nullable
    ModelAndView answer(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (thrown instanceof AccessDeniedException || thrown instanceof AuthenticationException) {
            throw thrown; // Spring Security's filters wait for these.
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
            return null;
        }
        Problem problem = problems.of(thrown, request);
        if (thrown instanceof ErrorResponse refused) {
            refused.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        }
        return ProblemWriter.answer(request, response, problem);
    }
}
