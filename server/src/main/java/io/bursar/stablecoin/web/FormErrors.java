package io.bursar.stablecoin.web;

import io.bursar.stablecoin.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Refused fields as a form's template looks them up: by the field's name. */
final class FormErrors {
    private FormErrors() {}

    static Map<String, FieldError> byField(List<FieldError> errors) {
        Map<String, FieldError> byField = new LinkedHashMap<>();
        errors.forEach(error -> byField.putIfAbsent(error.field(), error));
        return byField;
    }
}
