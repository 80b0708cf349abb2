package io.bursar.books.api;

import io.bursar.ledger.Outcome;
import io.bursar.platform.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one transfer of many that were posted each on its own. */
@Schema(name = "BulkItem")
record BulkJson(
        String idempotencyKey,

        @Schema(description = "`posted`, `replayed` (posted before), `rejected` or `unknown` (send it again)")
        String status,

        @Schema(nullable = true) @Nullable PostingJson posting,
        @Schema(nullable = true) @Nullable RefusalJson problem) {

    @Schema(name = "Refusal")
    record RefusalJson(
            @Schema(example = "409") int status,
            @Schema(example = "insufficient_funds") String code,
            String detail,

            @Schema(description = "The leg it is about.", nullable = true) @Nullable
            Integer leg) {

        static RefusalJson of(Problem problem) {
            Integer leg = problem.extra().get("leg") instanceof Integer number ? number : null;
            return new RefusalJson(problem.status(), problem.code(), problem.detail(), leg);
        }
    }

    static BulkJson of(String key, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Posted posted -> new BulkJson(key, "posted", PostingJson.of(posted), null);
            case Outcome.Duplicate(var original) -> new BulkJson(key, "replayed", PostingJson.of(original), null);
            case Outcome.Rejected rejected ->
                new BulkJson(key, "rejected", null, RefusalJson.of(Refusals.of(rejected)));
            case Outcome.OutcomeUnknown _ -> new BulkJson(key, "unknown", null, RefusalJson.of(Refusals.unknown()));
        };
    }
}
