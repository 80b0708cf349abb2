package io.bursar.platform;

/** A route whose bodies may be larger than all others'. Each bean of this type is one. */
public record BodyAllowance(String path, int bytesMax) {}
