package io.bursar.platform;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a list; {@code nextCursor} is absent at its end. */
public record PageJson<T>(
        List<T> items,

        @Schema(description = "Pass as `cursor` for the next page; null at the end.", nullable = true) @Nullable
        String nextCursor) {

    public static <T> PageJson<T> of(Page<T> page) {
        return new PageJson<>(page.items(), page.next());
    }

    public static <T> PageJson<T> whole(List<T> items) {
        return new PageJson<>(items, null);
    }
}
