package io.bursar.stablecoin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Walks every route of a tenant that names something: with the ids of another tenant it must not exist. A route that is
 * new here has to say in {@link #BODIES} what a right request to it sends.
 */
class TenantsTest {
    private static final DeskOnline DESK = new DeskOnline();
    private static final String REQUEST = "/api/v1/payment-requests/{id}";
    private static final Map<String, String> BODIES = Map.of(
            "GET " + REQUEST, "",
            "PUT " + REQUEST + "/proof", "{\"txHash\":\"0x" + "ab".repeat(32) + "\"}",
            "GET " + REQUEST + "/chain-transfers", "",
            "GET " + REQUEST + "/deliveries", "");

    private record Route(RequestMethod method, String path) {
        String text() {
            return method + " " + path;
        }
    }

    @AfterAll
    static void close() {
        DESK.close();
    }

    @Test
    void what_belongs_to_another_partner_does_not_exist_on_any_route() {
        DeskOnline.Known owner = DESK.partner();
        String merchant = DESK.merchant(owner);
        String created = DESK.api(owner)
                .json(
                        "POST",
                        "/api/v1/payment-requests",
                        DeskOnline.body(merchant, "39.12", "EUR"),
                        UUID.randomUUID().toString())
                .body();
        String request = created.replaceAll("(?s).*\"id\":\"(req_[^\"]+)\".*", "$1");
        Browser stranger = DESK.api(DESK.partner());
        List<Route> routes = routes();
        assertThat(routes).extracting(Route::text).containsExactlyInAnyOrderElementsOf(BODIES.keySet());
        for (Route route : routes) {
            assertThat(call(stranger, route, request))
                    .as("a stranger at " + route.text())
                    .isEqualTo(404);
            assertThat(call(DESK.api(owner), route, request))
                    .as("the owner at " + route.text())
                    .isEqualTo(200);
        }
    }

    private static int call(Browser browser, Route route, String id) {
        String path = route.path().replace("{id}", id);
        return route.method() == RequestMethod.GET
                ? browser.get(path).statusCode()
                : browser.json(
                                route.method().name(),
                                path,
                                Objects.requireNonNull(BODIES.get(route.text())),
                                UUID.randomUUID().toString())
                        .statusCode();
    }

    /** Those of partners that name something. */
    private static List<Route> routes() {
        DESK.bursar.browser().get("/login");
        return Objects.requireNonNull(DESK.bursar.bean(DispatcherServlet.class).getHandlerMappings()).stream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .flatMap(mapping -> ((RequestMappingHandlerMapping) mapping).getHandlerMethods().entrySet().stream())
                .filter(handler -> caller(handler.getValue()) == Principal.PartnerKey.class)
                .flatMap(handler -> handler.getKey().getPatternValues().stream()
                        .filter(path -> path.contains("{"))
                        .flatMap(path -> methods(handler.getKey().getMethodsCondition().getMethods().stream(), path)))
                .toList();
    }

    private static Stream<Route> methods(Stream<RequestMethod> methods, String path) {
        return methods.map(method -> new Route(method, path));
    }

    private static Class<? extends Principal> caller(HandlerMethod handler) {
        return Optional.ofNullable(handler.getMethodAnnotation(Access.class))
                .or(() -> Optional.ofNullable(
                        AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Access.class)))
                .<Class<? extends Principal>>map(Access::value)
                .orElse(Principal.Public.class);
    }
}
