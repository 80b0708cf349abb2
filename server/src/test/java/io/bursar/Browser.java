package io.bursar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One visitor of a running Bursar, with cookies of its own. Redirects are not followed, so that tests see them. Forms
 * are sent as a browser would: their page is loaded first and its hidden CSRF field goes along.
 */
public final class Browser {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern CSRF_FIELD = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final URI base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable String confirmation;

    Browser(URI base) {
        this.base = base;
    }

    /** A visitor of any server. */
    public static Browser at(URI base) {
        return new Browser(base);
    }

    /** Sends this header with every request from now on, {@code Authorization} for instance. */
    public Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Browser withKey(String apiKey) {
        return with("Authorization", "Bearer " + apiKey);
    }

    /** Signs in at {@code /login} and fails the test when that is refused. */
    public Browser signIn(String email, String password) {
        HttpResponse<String> answer = submit("/login", "/login", Map.of("email", email, "password", password));
        if (answer.statusCode() != 303) {
            throw new AssertionError("sign-in of " + email + ": " + answer.statusCode() + "\n" + answer.body());
        }
        return this;
    }

    /** Proves again who it is with this password whenever it is asked, as people do. */
    public Browser confirmingWith(String password) {
        confirmation = password;
        return this;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Loads {@code page} for its CSRF field and posts the form to {@code action}. */
    public HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
        HttpResponse<String> form = get(page);
        Map<String, String> all = new LinkedHashMap<>(fields);
        csrf(form.body()).ifPresent(token -> all.put("_csrf", token));
        HttpResponse<String> answer = post(action, all);
        String password = confirmation;
        if (password == null || !answer.body().contains("name=\"step_up\"")) {
            return answer;
        }
        all.put("step_up", password);
        return post(action, all);
    }

    /** Posts a form as it is given, without any CSRF field of its own. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> json(String method, String path, String body) {
        return send(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> json(String method, String path, String body, String idempotencyKey) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .method(method, BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        headers.forEach(request::header);
        return request;
    }

    public static Optional<String> csrf(String page) {
        Matcher field = CSRF_FIELD.matcher(page);
        return field.find() ? Optional.of(field.group(1)) : Optional.empty();
    }

    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    public void forgetCookie(String name) {
        var store = cookies.getCookieStore();
        store.getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .toList()
                .forEach(cookie -> store.remove(base, cookie));
    }
}
