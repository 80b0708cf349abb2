package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.shared.Actor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks every route there is. */
class RoutesTest {
    private final TestBursar bursar = TestBursar.shared();

    private record Route(String path, RequestMethod method, Class<? extends Principal> caller) {}

    @Test
    void no_route_answers_a_stranger_that_is_not_meant_for_everybody() {
        for (Route route : routes()) {
            if (route.caller() == Principal.Public.class) {
                continue;
            }
            boolean api = route.path().startsWith("/api/");
            int status = call(bursar.browser(), route);
            if (route.method() != RequestMethod.GET && !route.path().startsWith("/api/v1/")) {
                assertThat(status).as(route.toString()).isEqualTo(403);
            } else {
                assertThat(status).as(route.toString()).isEqualTo(api ? 401 : 303);
            }
        }
    }

    @Test
    void no_route_of_one_kind_of_caller_answers_another() {
        IssuedApiKey key = Objects.requireNonNull(bursar.bean(TransactionTemplate.class)
                .execute(status -> bursar.bean(ApiKeys.class).issue(UUID.randomUUID(), Actor.system("test"))));
        IssuedApiKey toBook = Objects.requireNonNull(bursar.bean(TransactionTemplate.class)
                .execute(status -> bursar.bean(ApiKeys.class)
                        .issueForBook(UUID.randomUUID(), Set.of(Scope.values()), Actor.system("test"))));
        Browser operator = bursar.admin();
        for (Route route : routes()) {
            if (route.caller() == Principal.PartnerKey.class || route.caller() == Principal.LedgerKey.class) {
                IssuedApiKey foreign = route.caller() == Principal.PartnerKey.class ? toBook : key;
                assertThat(call(operator, route)).as("operator at " + route).isEqualTo(401);
                assertThat(call(bursar.browser().withKey(foreign.key()), route))
                        .as("key of the other kind at " + route)
                        .isEqualTo(401);
            }
            if (route.caller() == Principal.Operator.class) {
                int status = call(bursar.browser().withKey(key.key()), route);
                assertThat(status).as("API key at " + route).isIn(401, 403, 303);
            }
        }
    }

    private static int call(Browser browser, Route route) {
        String path = route.path().replaceAll("\\{[^}]+}", "x");
        return route.method() == RequestMethod.GET
                ? browser.get(path).statusCode()
                : browser.json(route.method().name(), path, "{}").statusCode();
    }

    private List<Route> routes() {
        return ours().flatMap(handler -> handler.getKey().getPatternValues().stream()
                        .flatMap(path -> handler.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Route(path, method, caller(handler.getValue())))))
                .toList();
    }

    private static Class<? extends Principal> caller(HandlerMethod handler) {
        Access access = AccessInterceptor.declared(handler);
        return access == null ? Principal.Public.class : access.value();
    }

    /** The servlet knows its mappings once it has answered something. */
    private Stream<Map.Entry<RequestMappingInfo, HandlerMethod>> ours() {
        bursar.browser().get("/login");
        return Objects.requireNonNull(bursar.bean(DispatcherServlet.class).getHandlerMappings()).stream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .flatMap(mapping -> ((RequestMappingHandlerMapping) mapping).getHandlerMethods().entrySet().stream())
                .filter(handler -> handler.getValue().getBeanType().getName().startsWith("io.bursar."));
    }
}
