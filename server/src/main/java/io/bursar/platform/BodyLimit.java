package io.bursar.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses large bodies: those that say so at once, the others while they are read. Forms are read by the web server
 * itself, which has the same limit in application.properties.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class BodyLimit extends OncePerRequestFilter {
    static final int BODY_BYTES_MAX = 64 * 1024;

    private final List<BodyAllowance> allowances;

    BodyLimit(ObjectProvider<BodyAllowance> allowances) {
        this.allowances = allowances.stream().toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int bytesMax = bytesMax(request.getRequestURI());
        if (request.getContentLengthLong() > bytesMax) {
            // Nobody reads the rest, so the connection is of no more use.
            response.setHeader(HttpHeaders.CONNECTION, "close");
            ProblemWriter.write(request, response, tooLarge(bytesMax));
            return;
        }
        try {
            chain.doFilter(new LimitedRequest(request, bytesMax), response);
        } catch (ProblemException refused) {
            ProblemWriter.write(request, response, refused.problem());
        }
    }

    static Problem tooLarge() {
        return tooLarge(BODY_BYTES_MAX);
    }

    private static Problem tooLarge(int bytesMax) {
        return Problem.of(413, "body_too_large", "The body may have at most %d bytes.".formatted(bytesMax));
    }

    /** By the address as it was sent: one that is written in another way than usual gets the usual limit. */
    private int bytesMax(String path) {
        return allowances.stream()
                .filter(allowance -> allowance.covers(path))
                .mapToInt(BodyAllowance::bytesMax)
                .findFirst()
                .orElse(BODY_BYTES_MAX);
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {
        private final int bytesMax;

        private LimitedRequest(HttpServletRequest request, int bytesMax) {
            super(request);
            this.bytesMax = bytesMax;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream(), bytesMax);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            Charset charset = Optional.ofNullable(getCharacterEncoding())
                    .map(Charset::forName)
                    .orElse(StandardCharsets.UTF_8);
            return new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
    }

    private static final class LimitedStream extends ServletInputStream {
        private final ServletInputStream body;
        private final int bytesMax;
        private long count;

        private LimitedStream(ServletInputStream body, int bytesMax) {
            this.body = body;
            this.bytesMax = bytesMax;
        }

        @Override
        public int read() throws IOException {
            int read = body.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = body.read(into, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }

        private void count(int read) {
            count += read;
            if (count > bytesMax) {
                throw tooLarge(bytesMax).asException();
            }
        }
    }
}
