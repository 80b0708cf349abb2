package io.bursar.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members of a JSON object, read strictly: a member nobody asked for is a typing error or a misunderstanding, and
 * where money is asked for either is better refused than ignored. Refusals name the member by its whole path.
 */
public final class JsonFields {
    private static final int NAME_LENGTH_MAX = 40;
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final String path;

    private JsonFields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** @throws ProblemException 400 {@code malformed_json}, 422 {@code unknown_field} */
    public static JsonFields parse(byte @Nullable [] body, Set<String> known) {
        return parse(body).only(known);
    }

    /** An object whose members depend on what it holds: call {@link #only} once that is known. */
    public static JsonFields parse(byte @Nullable [] body) {
        JsonNode tree = tree(body == null ? new byte[0] : body);
        if (!tree.isObject()) {
            throw Problem.of(400, "malformed_json", "The body must be a JSON object.")
                    .asException();
        }
        return new JsonFields(tree, "");
    }

    /** @throws ProblemException 422 {@code unknown_field} when there is any other member */
    public JsonFields only(Set<String> known) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw Problem.field(
                                path(shortened(name)),
                                "unknown_field",
                                "There is no field of that name; the fields are " + String.join(", ", sorted(known))
                                        + ".")
                        .asException();
            }
        }
        return this;
    }

    /** How refusals name a member of this object, such as {@code legs[2].amount}. */
    public String path(String name) {
        return path + name;
    }

    public String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    public @Nullable String optional(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw invalid(name, "a JSON string");
        }
        return value.stringValue();
    }

    public long requiredInteger(String name) {
        Long value = optionalInteger(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    public @Nullable Long optionalInteger(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(name, "a JSON integer of at most 64 bits");
        }
        return value.longValue();
    }

    public boolean requiredFlag(String name) {
        if (present(name) == null) {
            throw missing(name);
        }
        return flag(name);
    }

    /** False when it is absent. */
    public boolean flag(String name) {
        JsonNode value = present(name);
        if (value != null && !value.isBoolean()) {
            throw invalid(name, "true or false");
        }
        return value != null && value.booleanValue();
    }

    /** The objects of an array of at least one; each has to be held to its members with {@link #only}. */
    public List<JsonFields> objects(String name) {
        JsonNode array = present(name);
        if (array == null) {
            throw missing(name);
        }
        if (!array.isArray() || array.isEmpty()) {
            throw invalid(name, "a JSON array of at least one object");
        }
        List<JsonFields> objects = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            String place = "%s[%d]".formatted(name, objects.size());
            if (!element.isObject()) {
                throw invalid(place, "a JSON object");
            }
            objects.add(new JsonFields(element, path(place) + "."));
        }
        return objects;
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private ProblemException missing(String name) {
        return Problem.field(path(name), "field_required", "The field " + path(name) + " is required.")
                .asException();
    }

    private ProblemException invalid(String name, String expected) {
        return Problem.field(path(name), "invalid_field", "The field %s must be %s.".formatted(path(name), expected))
                .asException();
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
        return name.length() <= NAME_LENGTH_MAX ? name : name.substring(0, NAME_LENGTH_MAX) + "…";
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
