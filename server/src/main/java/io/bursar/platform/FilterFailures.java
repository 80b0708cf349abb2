package io.bursar.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** A database that fails a filter, which looks for a session or a key, is answered like one that fails a handler. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class FilterFailures extends OncePerRequestFilter {
    private final Problems problems;

    FilterFailures(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (DataAccessException | TransactionException failed) {
            ProblemWriter.write(request, response, problems.of(failed, request));
        }
    }
}
