package io.bursar.platform;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the floor below the error log reports what failed; the error log implements it. */
public interface Failures {
    /** Never fails its caller; the parameters are those of the error log. */
    void record(String code, String message, @Nullable String subject);

    /** The same of a bug. Its own message may hold what it worked on, so only its kind and its place are kept. */
    default void bug(String code, Throwable bug, @Nullable String subject) {
        record(code, described(bug), subject);
    }

    /** {@code java.lang.IllegalStateException at io.bursar.fx.Fx.quote(Fx.java:20)}. */
    static String described(Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        return bug.getClass().getName()
                + Arrays.stream(trace)
                        .filter(place -> place.getClassName().startsWith("io.bursar."))
                        .findFirst()
                        .or(() -> Arrays.stream(trace).findFirst())
                        .map(place -> " at " + place)
                        .orElse("");
    }
}
