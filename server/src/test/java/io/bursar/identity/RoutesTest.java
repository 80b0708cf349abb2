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

/** Walks every route there is with every kind of caller. Other tenants' ids are walked where the tenants are made. */
class RoutesTest {
    /** Where programs call, whose posts need no token of a page. */
    private static final List<String> WITHOUT_FORMS = List.of("/api/v1/", "/api/cron/");

    private static final String PASSWORD = "a long enough password";
    private static final String MERCHANT = """
            WITH partner AS (
              INSERT INTO stablecoin.partner (id, name, slug, chain_id, asset, display_currency, display_scale,
                min_fiat_minor, tier, book, created_at)
              VALUES (:partner, 'Northwind', 's' || :partner, 8453, 'USDC', 'USD', 2, 100, 'FINAL', :partner, now())),
            merchant AS (
              INSERT INTO stablecoin.merchant (id, partner_id, status, invited_at, accepted_at, wallet_account,
                wallet_address)
              VALUES (:merchant, :partner, 'accepted', now(), now(), nextval('stablecoin.wallet_account'),
                substr(sha256(convert_to(:merchant::text, 'UTF8')), 1, 20)))
            INSERT INTO stablecoin.merchant_profile (merchant_id, partner_id, name, email)
            VALUES (:merchant, :partner, 'Coffee', :merchant || '@shop.example')
            """;

    private final TestBursar bursar = TestBursar.shared();

    private record Route(
            String path, RequestMethod method, Class<? extends Principal> caller, Role role, boolean stepUp) {
        boolean reads() {
            return method == RequestMethod.GET;
        }

        boolean api() {
            return path.startsWith("/api/");
        }
    }

    @Test
    void no_route_answers_a_caller_it_is_not_meant_for() {
        Map<Class<? extends Principal>, Browser> callers = Map.of(
                Principal.Public.class,
                bursar.browser(),
                Principal.PartnerKey.class,
                bursar.browser().withKey(key()),
                Principal.LedgerKey.class,
                bursar.browser().withKey(keyToBook()),
                Principal.Operator.class,
                bursar.admin(),
                Principal.Merchant.class,
                merchant(),
                Principal.PortalOwner.class,
                portalOwner(),
                Principal.Cron.class,
                bursar.browser().with(CronSecret.HEADER, TestBursar.CRON_SECRET));
        assertThat(callers.keySet().stream().map(Class::getName))
                .as("every kind there is")
                .containsExactlyInAnyOrder(Stream.of(Principal.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toArray(String[]::new));
        callers.forEach((kind, browser) -> routes().stream()
                .filter(route -> route.caller() != Principal.Public.class && route.caller() != kind)
                .forEach(route -> assertThat(call(browser, route))
                        .as("%s at %s", kind.getSimpleName(), route)
                        .isEqualTo(refusal(route))));
    }

    /** With a token against forgery of their own, so that it is not that which refuses them. */
    @Test
    void a_form_of_their_own_session_does_not_let_anybody_do_what_is_not_theirs() {
        Browser merchant = merchant();
        Browser viewer = viewer();
        for (Route route : routes()) {
            if (route.caller() == Principal.Operator.class && !route.reads()) {
                assertThat(callWithToken(merchant, "/login", route))
                        .as("merchant at %s", route)
                        .isEqualTo(route.api() ? 401 : 303);
                if (route.role() != Role.VIEWER) {
                    assertThat(callWithToken(viewer, "/console/search", route))
                            .as("viewer at %s", route)
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void no_route_answers_an_operator_whose_role_is_too_small() {
        Browser viewer = viewer();
        List<Route> above = routes().stream()
                .filter(route -> route.caller() == Principal.Operator.class && route.reads())
                .filter(route -> route.role() != Role.VIEWER)
                .toList();
        assertThat(above)
                .isNotEmpty()
                .allSatisfy(
                        route -> assertThat(call(viewer, route)).as("%s", route).isEqualTo(403));
    }

    @Test
    void whoever_gives_out_or_takes_back_keys_has_proved_lately_who_they_are() {
        assertThat(routes().stream()
                        .filter(route -> !route.reads() && route.path().contains("/api-keys")))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(Route::stepUp);
    }

    private static int refusal(Route route) {
        if (!route.reads() && WITHOUT_FORMS.stream().noneMatch(route.path()::startsWith)) {
            return 403;
        }
        return route.api() ? 401 : 303;
    }

    private static int call(Browser browser, Route route) {
        return route.reads()
                ? browser.get(named(route)).statusCode()
                : browser.json(route.method().name(), named(route), "{}").statusCode();
    }

    private static int callWithToken(Browser browser, String page, Route route) {
        String token = Browser.csrf(browser.get(page).body()).orElseThrow();
        return browser.post(named(route), Map.of("_csrf", token)).statusCode();
    }

    private static String named(Route route) {
        return route.path().replaceAll("\\{[^}]+}", "x");
    }

    private String key() {
        return Objects.requireNonNull(bursar.bean(TransactionTemplate.class)
                        .execute(status -> bursar.bean(ApiKeys.class).issue(UUID.randomUUID(), Actor.system("test"))))
                .key();
    }

    private String keyToBook() {
        return Objects.requireNonNull(bursar.bean(TransactionTemplate.class)
                        .execute(status -> bursar.bean(ApiKeys.class)
                                .issueForBook(UUID.randomUUID(), Set.of(Scope.values()), Actor.system("test"))))
                .key();
    }

    private Browser viewer() {
        String email = UUID.randomUUID() + "@staff.example";
        bursar.bean(Operators.class).add(email, "Viewer", Role.VIEWER, PASSWORD, Actor.system("test"));
        return bursar.browser().signIn(email, PASSWORD);
    }

    /** Holds a session as signing in would have given it. */
    private Browser merchant() {
        UUID partner = UUID.randomUUID();
        UUID merchant = UUID.randomUUID();
        bursar.sql()
                .sql(MERCHANT)
                .param("partner", partner)
                .param("merchant", merchant)
                .update();
        String token = bursar.bean(Sessions.class).begin("merchant", merchant);
        Browser browser = bursar.browser().with("Cookie", "bursar_session=" + token + "; bursar_device=test");
        assertThat(browser.get("/m/s" + partner).statusCode()).isEqualTo(200);
        return browser;
    }

    private Browser portalOwner() {
        String owner = "partner/" + UUID.randomUUID();
        UUID contact = UUID.randomUUID();
        bursar.sql()
                .sql("INSERT INTO outbox.contact (id, owner, email, created_at) VALUES (:id, :owner, :email, now())")
                .param("id", contact)
                .param("owner", owner)
                .param("email", contact + "@partner.example")
                .update();
        String token = bursar.bean(Sessions.class).begin("webhooks", contact);
        Browser browser = bursar.browser().with("Cookie", "bursar_session=" + token + "; bursar_device=test");
        assertThat(browser.get("/webhooks/" + owner).statusCode()).isEqualTo(200);
        return browser;
    }

    private List<Route> routes() {
        return ours().flatMap(handler -> handler.getKey().getPatternValues().stream()
                        .flatMap(path -> handler.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> route(path, method, handler.getValue()))))
                .toList();
    }

    private static Route route(String path, RequestMethod method, HandlerMethod handler) {
        Access access = AccessInterceptor.declared(handler);
        return access == null
                ? new Route(path, method, Principal.Public.class, Role.VIEWER, false)
                : new Route(path, method, access.value(), access.role(), access.stepUp());
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
