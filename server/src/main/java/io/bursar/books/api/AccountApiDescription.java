package io.bursar.books.api;

import io.bursar.identity.Principal;
import io.bursar.platform.PageJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** How {@code /api/openapi.json} describes {@link AccountApi}. */
@Tag(name = "Ledger accounts")
@ApiResponse(responseCode = "401", description = "`unauthorized`")
@ApiResponse(responseCode = "403", description = "`scope_missing`")
@ApiResponse(responseCode = "429", description = "`rate_limited`")
@ApiResponse(responseCode = "503", description = "`ledger_unavailable`: try again after `Retry-After` seconds")
interface AccountApiDescription {
    @Schema(name = "NewLedgerAccount")
    record NewAccountJson(
            @Schema(example = "customer/7/wallet", maxLength = 200)
            String path,

            @Schema(example = "USD") String unit,
            @Schema(example = "2", description = "0 to 18") int scale,

            @Schema(description = "Zero if not given: it cannot be overdrawn.") @Nullable
            Long floor,

            @Schema(description = "No limit if not given.") @Nullable
            Long ceiling,

            @Schema(description = "No floor at all, for accounts that stand for the outside world.")
            boolean overdraft) {}

    @Operation(
            summary = "Open an account",
            description = "Path, unit and scale never change. Opening the same again changes nothing.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = NewAccountJson.class))))
    @ApiResponse(responseCode = "201", description = "Opened.")
    @ApiResponse(responseCode = "200", description = "It was open already.")
    @ApiResponse(responseCode = "400", description = "`malformed_json`")
    @ApiResponse(responseCode = "409", description = "`account_differs`")
    @ApiResponse(
            responseCode = "422",
            description = "`field_required`, `invalid_field`, `unknown_field`, `path_invalid`, `unit_invalid`,"
                    + " `scale_invalid`, `limit_of_account_invalid`")
    ResponseEntity<AccountJson> open(@Parameter(hidden = true) Principal.LedgerKey caller, byte @Nullable [] body);

    @Operation(summary = "List accounts by path")
    @ApiResponse(responseCode = "200", description = "A page of them.")
    @ApiResponse(responseCode = "422", description = "`prefix_invalid`, `cursor_invalid`, `limit_invalid`")
    PageJson<AccountJson> list(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            String prefix,
            @Nullable String cursor,
            @Parameter(description = "1 to 200, 50 if not given") @Nullable String limit);

    @Operation(summary = "Read an account")
    @ApiResponse(responseCode = "200", description = "As it stands.")
    @ApiResponse(responseCode = "404", description = "`not_found`")
    AccountJson get(@Parameter(hidden = true) Principal.LedgerKey caller, String path);

    @Operation(summary = "Read what was posted to an account, newest first")
    @ApiResponse(responseCode = "200", description = "A page of lines, each with the balance after it.")
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @ApiResponse(responseCode = "422", description = "`cursor_invalid`, `limit_invalid`")
    PageJson<StatementLineJson> statement(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            String path,
            @Nullable String cursor,
            @Parameter(description = "1 to 200, 50 if not given") @Nullable String limit);

    @Operation(summary = "Read the balance of an account at a moment")
    @ApiResponse(responseCode = "200", description = "What was posted by then.")
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @ApiResponse(responseCode = "422", description = "`time_invalid`")
    BalanceJson balance(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            String path,
            @Parameter(description = "Now if not given.", example = "2026-11-21T07:50:08Z") @Nullable String at);

    @Operation(summary = "Read the balances of the whole book by unit")
    @ApiResponse(responseCode = "200", description = "A line for each unit.")
    @ApiResponse(responseCode = "422", description = "`date_invalid`")
    PageJson<TrialBalanceJson> trialBalance(
            @Parameter(hidden = true) Principal.LedgerKey caller,
            @Parameter(description = "By what took effect by the end of this day.", example = "2026-11-20") @Nullable
                    String through);
}
