package io.bursar.books.api;

import io.bursar.identity.Principal;
import io.bursar.platform.PageJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** How {@code /api/openapi.json} describes {@link TransferApi}. */
@Tag(name = "Ledger transfers")
@ApiResponse(responseCode = "401", description = "`unauthorized`")
@ApiResponse(responseCode = "403", description = "`scope_missing`")
@ApiResponse(responseCode = "429", description = "`rate_limited`")
interface TransferApiDescription {
    String POSTED = "Posted, or posted before under this key, which `Idempotency-Replayed` then says.";
    String CONFLICTS = "`reference_conflict` (the key was used for something else), `period_closed`,"
            + " `account_closed`, `debits_frozen`, `credits_frozen`, `hold_settled`, `hold_expired`, `hold_exceeded`,"
            + " `reversal_exceeded`, `insufficient_funds`, `ceiling_exceeded`";
    String WRONG = "`unknown_account`, `unit_mismatch`, `hold_unknown`, `original_unknown`, `balance_overflow`,"
            + " `idempotency_key_required`, `idempotency_key_invalid`, `field_required`, `invalid_field`,"
            + " `unknown_field`, `leg_kind_unknown`, `leg_invalid`, `too_many_legs`, `path_invalid`, `same_account`,"
            + " `amount_invalid`, `unit_invalid`, `scale_invalid`, `reference_invalid`, `date_invalid`,"
            + " `time_invalid`, `memo_invalid`";
    String AWAY = "`ledger_busy`, `ledger_unavailable`: nothing was posted; `outcome_unknown`: send it again with the"
            + " same key. After `Retry-After` seconds";
    String KEY = "1 to 255 visible ASCII characters. It is the posting's reference: the same key with the same legs is"
            + " answered with the first answer for ever, with others it is refused. A refused request is not kept.";

    /** What every route that posts may answer. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ApiResponse(responseCode = "201", description = POSTED)
    @ApiResponse(responseCode = "400", description = "`malformed_json`")
    @ApiResponse(responseCode = "409", description = CONFLICTS)
    @ApiResponse(responseCode = "422", description = WRONG)
    @ApiResponse(responseCode = "503", description = AWAY)
    @interface PostingAnswers {}

    @Schema(name = "NewLeg", description = "`move` and `pend` have two sides; the others name a leg posted earlier.")
    record NewLegJson(
            @Schema(allowableValues = {"move", "pend", "commit", "release", "reverse"})
            String kind,

            @Schema(example = "bank") @Nullable String debit,
            @Schema(example = "customer/7/wallet") @Nullable String credit,

            @Schema(description = "In minor units; all that is left when a commit, release or reverse has none.")
            @Nullable
            Long amount,

            @Schema(example = "USD") @Nullable String unit,
            @Schema(example = "2") @Nullable Integer scale,
            @Schema(description = "Of a pend.") @Nullable Instant expiresAt,

            @Schema(description = "Of the posting whose leg it is about.") @Nullable
            String reference,

            @Schema(description = "Which of its legs; 0 if not given.") @Nullable
            Integer leg) {}

    @Schema(name = "NewPosting")
    record NewPostingJson(
            @Schema(description = "1 to 10,000, posted all or none.")
            List<NewLegJson> legs,

            @Schema(description = "Today in UTC if not given.") @Nullable
            LocalDate effectiveDate,

            @Schema(maxLength = 500) @Nullable String memo) {}

    @Schema(name = "NewHold")
    record NewHoldJson(
            String debit,
            String credit,
            long amount,
            String unit,
            int scale,
            @Nullable Instant expiresAt,
            @Nullable String memo) {}

    @Schema(name = "HoldSettlement")
    record SettlementJson(
            String reference,
            @Nullable Integer leg,

            @Schema(description = "All that is left if not given.") @Nullable
            Long amount,

            @Nullable String memo) {}

    @Operation(
            summary = "Post one or more legs, all or none",
            parameters =
                    @Parameter(name = "Idempotency-Key", in = ParameterIn.HEADER, required = true, description = KEY),
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = NewPostingJson.class))))
    @PostingAnswers
    ResponseEntity<PostingJson> post(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            @Parameter(hidden = true) HttpServletRequest http,
            byte @Nullable [] body);

    @Operation(
            summary = "Hold an amount",
            description = "One `pend`: it counts against floor and ceiling and is in no balance until it is committed.",
            parameters =
                    @Parameter(name = "Idempotency-Key", in = ParameterIn.HEADER, required = true, description = KEY),
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = NewHoldJson.class))))
    @PostingAnswers
    ResponseEntity<PostingJson> hold(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            @Parameter(hidden = true) HttpServletRequest http,
            byte @Nullable [] body);

    @Operation(
            summary = "Commit a hold, whole or in part",
            parameters =
                    @Parameter(name = "Idempotency-Key", in = ParameterIn.HEADER, required = true, description = KEY),
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = SettlementJson.class))))
    @PostingAnswers
    ResponseEntity<PostingJson> commit(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            @Parameter(hidden = true) HttpServletRequest http,
            byte @Nullable [] body);

    @Operation(
            summary = "Release a hold, whole or in part",
            parameters =
                    @Parameter(name = "Idempotency-Key", in = ParameterIn.HEADER, required = true, description = KEY),
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = SettlementJson.class))))
    @PostingAnswers
    ResponseEntity<PostingJson> release(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            @Parameter(hidden = true) HttpServletRequest http,
            byte @Nullable [] body);

    @Operation(summary = "List transfers, newest first, or all of one posting")
    @ApiResponse(responseCode = "200", description = "A page of them.")
    @ApiResponse(responseCode = "404", description = "`not_found`: the book has no posting of that reference")
    @ApiResponse(responseCode = "422", description = "`reference_invalid`, `cursor_invalid`, `limit_invalid`")
    PageJson<TransferJson> list(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            @Nullable String reference,
            @Nullable String cursor,
            @Parameter(description = "1 to 200, 50 if not given") @Nullable String limit);

    @Operation(summary = "Read a transfer")
    @ApiResponse(responseCode = "200", description = "It never changes.")
    @ApiResponse(responseCode = "404", description = "`not_found`")
    TransferJson get(@Parameter(hidden = true) Principal.LedgerKey caller, String id);

    @Operation(summary = "Read a hold and what is left of it")
    @ApiResponse(responseCode = "200", description = "As it is now.")
    @ApiResponse(responseCode = "404", description = "`not_found`: also for a transfer that holds nothing")
    HoldJson held(@Parameter(hidden = true) Principal.LedgerKey caller, String id);
}
