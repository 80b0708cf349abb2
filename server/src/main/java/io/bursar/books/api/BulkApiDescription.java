package io.bursar.books.api;

import io.bursar.identity.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** How {@code /api/openapi.json} describes {@link BulkApi}. */
@Tag(name = "Ledger transfers")
@ApiResponse(responseCode = "401", description = "`unauthorized`")
@ApiResponse(responseCode = "403", description = "`scope_missing`")
@ApiResponse(responseCode = "429", description = "`rate_limited`")
interface BulkApiDescription {
    @Schema(name = "NewBulkTransfer")
    record NewBulkTransferJson(
            @Schema(description = "Required when each is posted on its own, and only then.") @Nullable
            String idempotencyKey,

            List<TransferApiDescription.NewLegJson> legs,

            @Schema(description = "Only when each is posted on its own.") @Nullable
            LocalDate effectiveDate,

            @Schema(description = "Only when each is posted on its own.") @Nullable
            String memo) {}

    @Schema(name = "NewBulk")
    record NewBulkJson(
            @Schema(description = "All as one posting, or each on its own and in order.")
            boolean atomic,

            @Schema(description = "With 10,000 legs together at most.")
            List<NewBulkTransferJson> transfers,

            @Schema(description = "Only when atomic.") @Nullable
            LocalDate effectiveDate,

            @Schema(description = "Only when atomic.") @Nullable
            String memo) {}

    @Schema(name = "BulkAnswer")
    record BulkAnswerJson(List<BulkJson> items, @Nullable String nextCursor) {}

    @Operation(
            summary = "Post many transfers in one request of at most 4 MB",
            description = "Atomic: one posting under the Idempotency-Key. Otherwise each transfer is posted under its"
                    + " own `idempotencyKey` and answered for itself, in order; the header is not looked at.",
            parameters =
                    @Parameter(
                            name = "Idempotency-Key",
                            in = ParameterIn.HEADER,
                            description = "Required when atomic. " + TransferApiDescription.KEY),
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = NewBulkJson.class))))
    @ApiResponse(
            responseCode = "200",
            description = "What became of each, when each was posted on its own.",
            content = @Content(schema = @Schema(implementation = BulkAnswerJson.class)))
    @ApiResponse(
            responseCode = "201",
            description = "When atomic. " + TransferApiDescription.POSTED,
            content = @Content(schema = @Schema(implementation = PostingJson.class)))
    @ApiResponse(responseCode = "400", description = "`malformed_json`")
    @ApiResponse(responseCode = "409", description = TransferApiDescription.CONFLICTS)
    @ApiResponse(responseCode = "413", description = "`body_too_large`")
    @ApiResponse(responseCode = "422", description = TransferApiDescription.WRONG)
    @ApiResponse(responseCode = "503", description = TransferApiDescription.AWAY)
    ResponseEntity<?> post(
            @Parameter(hidden = true) Principal.LedgerKey caller, @Parameter(hidden = true) HttpServletRequest http);
}
