package io.bursar.stablecoin.web;

import io.bursar.platform.Problem;
import io.bursar.platform.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members of a JSON object, read strictly: a member nobody asked for is a typing error or a misunderstanding, and
 * where money is asked for either is better refused than ignored. Every value is a string, amounts included.
 */
final class JsonFields {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    static JsonFields parse(byte @Nullable [] body, Set<String> known) {
        JsonNode tree = tree(body == null ? new byte[0] : body);
        if (!tree.isObject()) {
            throw Problem.of(400, "malformed_json", "The body must be a JSON object.")
                    .asException();
        }
        for (String name : tree.propertyNames()) {
            if (!known.contains(name)) {
                throw Problem.field(
                                shortened(name),
                                "unknown_field",
                                "There is no field of that name; the fields are " + String.join(", ", sorted(known))
                                        + ".")
                        .asException();
            }
        }
        return new JsonFields(tree);
    }

    String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw Problem.field(name, "field_required", "The field " + name + " is required.")
                    .asException();
        }
        return value;
    }

    @Nullable
    String optional(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw Problem.field(name, "invalid_field", "The field " + name + " must be a JSON string.")
                    .asException();
        }
        return value.stringValue();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return STRICT.readTree(body);
        } catch (JacksonException malformed) {
            throw malformed();
        }
    }

    /** Without the parser's own words: they quote the body. */
    private static ProblemException malformed() {
        return Problem.of(400, "malformed_json", "The body is not well-formed JSON.")
                .asException();
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }

    private static java.util.List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
