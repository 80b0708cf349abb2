package io.bursar.identity;

import io.bursar.platform.ProblemWriter;
import io.bursar.platform.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Where the web server sends what failed outside of all controllers. It stands in place of Spring's own error page. */
@Controller
@Access(Principal.Public.class)
class ErrorRoute implements ErrorController {
    private final Problems problems;

    ErrorRoute(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    @Nullable
    ModelAndView failed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return ProblemWriter.answer(request, response, problems.of(request));
    }
}
