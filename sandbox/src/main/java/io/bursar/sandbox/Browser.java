package io.bursar.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person at a browser, as far as the demo needs one: keeps cookies, opens pages, fills in forms and sends them. */
final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>", Pattern.DOTALL);

    private final String baseUrl;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();

    /** A page as it was shown, after any redirects. */
    record Shown(URI address, int status, String html) {
        Shown expectOk(String doing) {
            if (status >= 400) {
                throw new IllegalStateException(doing + ": the server answered " + status + " at " + address.getPath());
            }
            return this;
        }

        Optional<String> find(Pattern pattern) {
            var match = pattern.matcher(html);
            return match.find() ? Optional.of(unescape(match.group(1))) : Optional.empty();
        }
    }

    Browser(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    Shown open(String path) {
        return send(HttpRequest.newBuilder(resolve(path)).GET());
    }

    /** Opens the page and sends the form whose action matches, with the fields it holds already and those given. */
    Shown submit(String page, String action, Map<String, String> fields) {
        return submit(open(page).expectOk("opening " + page), action, fields);
    }

    Shown submit(Shown page, String action, Map<String, String> fields) {
        var form = form(page, Pattern.compile(action));
        var all = new LinkedHashMap<>(hidden(form.inside()));
        all.putAll(fields);
        var body = all.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(page.address().resolve(form.action()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private record Form(String action, String inside) {}

    private static Form form(Shown page, Pattern wanted) {
        var forms = FORM.matcher(page.html());
        while (forms.find()) {
            var action = attribute(forms.group(1), "action");
            if (action.filter(wanted.asMatchPredicate()).isPresent()) {
                return new Form(action.get(), forms.group(2));
            }
        }
        throw new IllegalStateException(
                "no form for " + wanted + " at " + page.address().getPath());
    }

    private static Map<String, String> hidden(String form) {
        var fields = new LinkedHashMap<String, String>();
        var inputs = INPUT.matcher(form);
        while (inputs.find()) {
            var name = attribute(inputs.group(1), "name");
            boolean hidden =
                    attribute(inputs.group(1), "type").filter("hidden"::equals).isPresent();
            if (hidden && name.isPresent()) {
                fields.put(name.get(), attribute(inputs.group(1), "value").orElse(""));
            }
        }
        return fields;
    }

    private static Optional<String> attribute(String tag, String name) {
        var match = Pattern.compile("\\b" + name + "\\s*=\\s*\"([^\"]*)\"").matcher(tag);
        return match.find() ? Optional.of(unescape(match.group(1))) : Optional.empty();
    }

    private Shown send(HttpRequest.Builder request) {
        try {
            var answer = client.send(
                    request.timeout(PATIENCE).header("Accept", "text/html").build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Shown(answer.uri(), answer.statusCode(), answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException("the server cannot be reached", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }

    private URI resolve(String path) {
        return URI.create(baseUrl).resolve(path);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String unescape(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#43;", "+")
                .replace("&#x2F;", "/")
                .replace("&#61;", "=")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
