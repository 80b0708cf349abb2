package io.bursar.inbox;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Headers of a delivery: read from a request, and as JSON without those that hold a secret. */
@Component
class KeptHeaders {
    static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "cookie2", "x-api-key", "x-auth-token");
    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

    private final JsonMapper json;

    KeptHeaders(JsonMapper json) {
        this.json = json;
    }

    static Map<String, List<String>> of(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        return headers;
    }

    String write(Map<String, List<String>> headers, Set<String> secret) {
        Map<String, List<String>> kept = new TreeMap<>(headers);
        kept.keySet().removeIf(name -> SECRET.contains(name) || secret.contains(name));
        return json.writeValueAsString(kept);
    }

    Map<String, List<String>> read(String headers) {
        return json.readValue(headers, HEADERS);
    }

    /** The same of what may have been cut off, which is then shown as it is. */
    Map<String, List<String>> readCut(String headers) {
        try {
            return read(headers);
        } catch (JacksonException cutOff) {
            return Map.of("(too long to be kept whole)", List.of(headers));
        }
    }
}
