package io.bursar.platform;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with a {@link Problem} from where no controller is: filters, security's entry points. Programs get JSON
 * whatever they ask for, people the error page.
 */
public final class ProblemWriter {
    private static final String ATTRIBUTE = ProblemWriter.class.getName();
    private static final String PAGE = "error/page";
    private static final String RETRY = "retryAfterSeconds";
    private static final JsonMapper JSON = JsonMapper.shared();

    private ProblemWriter() {}

    public static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        if (forPrograms(request)) {
            writeJson(response, problem);
        } else {
            retryAfter(response, problem);
            request.setAttribute(ATTRIBUTE, problem);
            response.sendError(problem.status());
        }
    }

    /** The page that tells the problem; null once it is told, to a program. */
    public static @Nullable ModelAndView answer(
            HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return null;
        }
        if (forPrograms(request)) {
            writeJson(response, problem);
            return null;
        }
        retryAfter(response, problem);
        ModelAndView page = new ModelAndView(PAGE, Map.of("status", problem.status(), "detail", problem.detail()));
        page.setStatus(HttpStatusCode.valueOf(problem.status()));
        return page;
    }

    /** What {@link #write} left for the error page. */
    static Optional<Problem> left(HttpServletRequest request) {
        return Optional.ofNullable((Problem) request.getAttribute(ATTRIBUTE));
    }

    /** Whether a program asks, which is told by the address alone. After a forward, by the one asked for. */
    static boolean forPrograms(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = failed instanceof String uri ? uri : request.getRequestURI();
        return path.equals("/api") || path.startsWith("/api/");
    }

    static void writeJson(HttpServletResponse response, Problem problem) throws IOException {
        byte[] body = JSON.writeValueAsBytes(document(response, problem));
        response.resetBuffer();
        response.setStatus(problem.status());
        retryAfter(response, problem);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void retryAfter(HttpServletResponse response, Problem problem) {
        if (problem.extra().get(RETRY) instanceof Integer seconds) {
            response.setHeader("Retry-After", seconds.toString());
        }
    }

    private static Map<String, Object> document(HttpServletResponse response, Problem problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", title(problem.status()));
        document.put("status", problem.status());
        document.put("code", problem.code());
        document.put("detail", problem.detail());
        requestId(response).ifPresent(id -> document.put("requestId", id));
        problem.extra().forEach(document::putIfAbsent);
        return document;
    }

    private static String title(int status) {
        return Optional.ofNullable(HttpStatus.resolve(status))
                .map(HttpStatus::getReasonPhrase)
                .orElse("Error");
    }

    private static Optional<String> requestId(HttpServletResponse response) {
        return RequestIds.current().or(() -> Optional.ofNullable(response.getHeader(RequestIds.HEADER)));
    }
}
