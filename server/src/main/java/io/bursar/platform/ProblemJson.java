package io.bursar.platform;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The form of every refusal, for the API's description only: the platform writes it. */
@Schema(name = "Problem", description = "RFC 9457. `code` is stable and meant for programs, `detail` for people.")
record ProblemJson(
        String type,
        String title,
        @Schema(example = "422") int status,
        @Schema(example = "amount_negative") String code,
        String detail,

        @Schema(description = "Quote it when you ask for help.")
        String requestId,

        @Schema(description = "The field of the request it is about.", nullable = true) @Nullable
        String field) {}
