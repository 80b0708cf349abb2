package io.bursar.console;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.consolespi.HeaderTag;
import io.bursar.consolespi.SearchProvider;
import io.bursar.consolespi.Ui;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The pages alone, on a real web server without database and security: whoever sends a role in the header {@code Role}
 * is an operator of that role.
 */
final class PageServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T04:02:17Z");
    private static final String[] WITHOUT = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
    };

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    PageServer(Class<?>... more) {
        context = new SpringApplicationBuilder(Pages.class)
                .sources(more)
                .properties(Map.of(
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "spring.autoconfigure.exclude", String.join(",", WITHOUT)))
                .run();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    HttpResponse<String> get(String path, @Nullable Role role) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(url().resolve(path)).header("Accept", "text/html,*/*");
            if (role != null) {
                request.header("Role", role.name());
            }
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }

    @EnableAutoConfiguration
    @Import({
        Ui.class,
        Shell.class,
        PageVariables.class,
        ConsoleSections.class,
        HomePage.class,
        TodayPage.class,
        SearchPage.class,
        BrandStylesheet.class
    })
    static class Pages {
        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        OncePerRequestFilter signIn() {
            return new SignIn();
        }

        @Bean
        ConsoleSection payments() {
            return new ConsoleSection(ConsoleSection.Group.MONEY, "Payments", "/console/payments", 100);
        }

        /** Shows the error page as the web edge does. */
        @Bean
        RouterFunction<ServerResponse> broken() {
            HandlerFunction<ServerResponse> page = request -> {
                int status = Integer.parseInt(request.pathVariable("status"));
                return ServerResponse.status(status).render("error/page", Map.of("status", status));
            };
            return RouterFunctions.route()
                    .GET("/console/broken/{status}", page)
                    .GET("/broken/{status}", page)
                    .build();
        }

        @Bean
        HeaderTag tag() {
            return () -> Optional.of(new HeaderTag.Tag(HeaderTag.Tone.OK, "All books balance", "/console/ledger"));
        }

        @Bean
        SearchProvider names() {
            return query -> List.of(
                            new SearchProvider.Hit("Merchant", "Studio Lumen", "/console/payments/1"),
                            new SearchProvider.Hit("Merchant", "Studio Nord", "/console/payments/2"),
                            new SearchProvider.Hit("Payment request", "req_1 of Studio Lumen", "/console/payments/3"))
                    .stream()
                    .filter(hit -> hit.label().toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT)))
                    .toList();
        }
    }

    private static final class SignIn extends OncePerRequestFilter {
        @Override
        protected boolean shouldNotFilterErrorDispatch() {
            return false;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String role = request.getHeader("Role");
            if (role != null) {
                var ada = new Principal.Operator(new UUID(0, 1), "Ada <Byron>", Role.valueOf(role));
                SecurityContextHolder.getContext()
                        .setAuthentication(new UsernamePasswordAuthenticationToken(ada, null, List.of()));
            }
            MDC.put("requestId", "01jd-request");
            try {
                chain.doFilter(request, response);
            } finally {
                SecurityContextHolder.clearContext();
                MDC.remove("requestId");
            }
        }
    }
}
