package io.bursar.sandbox.http;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One HTTP request, read whole before it is handled. */
public record Request(String method, String path, Map<String, String> query, Headers headers, String body) {

    public boolean is(String method, String path) {
        return this.method.equals(method) && this.path.equals(path);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** What an HTML form posted. */
    public Map<String, String> form() {
        return decode(body);
    }

    public JsonNode json() {
        try {
            return body.isBlank() ? Json.object() : Json.parse(body);
        } catch (JacksonException malformed) {
            throw new BadRequestException("the body is not JSON", malformed);
        }
    }

    static Map<String, String> decode(@Nullable String encoded) {
        var decoded = new HashMap<String, String>();
        if (encoded == null || encoded.isEmpty()) {
            return decoded;
        }
        for (var pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            decoded.put(unescape(name), unescape(value));
        }
        return decoded;
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequestException("malformed percent encoding", malformed);
        }
    }
}
