package io.bursar.stablecoin;

/** A field that cannot be taken as given: a stable code for programs and a sentence for people. */
public record FieldError(String field, String code, String sentence) {}
