package io.bursar.platform;

import org.jspecify.annotations.Nullable;

/** Where the floor below the error log reports what failed; the error log implements it. */
public interface Failures {
    /** Never fails its caller; the parameters are those of the error log. */
    void record(String code, String message, @Nullable String subject);
}
