package io.bursar.stablecoin.web;

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
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * How {@code /api/openapi.json} describes {@link PaymentRequestApi}. It stands apart so that the code that acts can be
 * read without it.
 */
@Tag(name = "Payment requests")
@ApiResponse(responseCode = "401", description = "`unauthorized`")
@ApiResponse(responseCode = "429", description = "`rate_limited`")
interface PaymentRequestApiDescription {
    @Operation(
            summary = "Ask for a payment",
            description = "Locks the exchange rate and reserves an address that is used for this request only.",
            parameters =
                    @Parameter(
                            name = "Idempotency-Key",
                            in = ParameterIn.HEADER,
                            description = "1 to 255 visible ASCII characters. The same key with the same body is"
                                    + " answered with the first answer; with another body it is refused.",
                            schema = @Schema(type = "string", maxLength = 255)),
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = NewPaymentRequestJson.class))))
    @ApiResponse(
            responseCode = "201",
            description = "Made; `payUrl` is for the customer.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = PaymentRequestJson.class)))
    @ApiResponse(responseCode = "400", description = "`malformed_json`")
    @ApiResponse(responseCode = "404", description = "`not_found`: no such merchant of yours")
    @ApiResponse(
            responseCode = "409",
            description = "`merchant_not_accepted`, `merchant_disabled`, `idempotency_key_reused`,"
                    + " `idempotency_in_progress`")
    @ApiResponse(
            responseCode = "422",
            description = "`field_required`, `invalid_field`, `unknown_field`, `amount_invalid`, `amount_negative`,"
                    + " `amount_zero`, `amount_too_precise`, `amount_too_large`, `amount_below_minimum`,"
                    + " `amount_not_payable`, `currency_unsupported`, `reference_invalid`,"
                    + " `idempotency_key_invalid`")
    @ApiResponse(
            responseCode = "503",
            description = "`fx_unavailable`, `chain_unavailable`: try again after `Retry-After` seconds")
    ResponseEntity<String> create(
            @Parameter(hidden = true) Principal.PartnerKey caller,
            @Parameter(hidden = true) HttpServletRequest http,
            byte @Nullable [] body);

    @Operation(summary = "List your payment requests, newest first")
    @ApiResponse(responseCode = "200", description = "A page of them.")
    @ApiResponse(responseCode = "422", description = "`status_invalid`, `cursor_invalid`, `limit_invalid`")
    PageJson<PaymentRequestJson> list(
            @Parameter(hidden = true) Principal.PartnerKey caller,
            @Nullable String status,
            @Nullable String cursor,
            @Parameter(description = "1 to 200, 50 if not given") @Nullable String limit);

    @Operation(summary = "Read a payment request")
    @ApiResponse(responseCode = "200", description = "As it stands.")
    @ApiResponse(responseCode = "404", description = "`not_found`")
    PaymentRequestJson get(@Parameter(hidden = true) Principal.PartnerKey caller, String id);

    @Operation(
            summary = "Attach the hash of the paying transaction",
            description = "A hint that speeds verification up. It never overrides address or amount.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = NewProofJson.class))))
    @ApiResponse(responseCode = "200", description = "The request with its proof attached.")
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @ApiResponse(responseCode = "409", description = "`already_verified`")
    @ApiResponse(
            responseCode = "422",
            description = "`tx_hash_invalid`, `field_required`, `invalid_field`, `unknown_field`")
    PaymentRequestJson attachProof(
            @Parameter(hidden = true) Principal.PartnerKey caller, String id, byte @Nullable [] body);

    @Operation(summary = "List what arrived on the chain for a request")
    @ApiResponse(responseCode = "200", description = "All of it, oldest first.")
    PageJson<ChainTransferJson> chainTransfers(@Parameter(hidden = true) Principal.PartnerKey caller, String id);

    @Operation(summary = "List the webhooks sent about a request, newest first")
    @ApiResponse(responseCode = "200", description = "A page of them.")
    PageJson<DeliveryJson> deliveries(
            @Parameter(hidden = true) Principal.PartnerKey caller,
            String id,
            @Nullable String cursor,
            @Nullable String limit);

    /** The body of {@link #create} as described. */
    @Schema(name = "NewPaymentRequest", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
    record NewPaymentRequestJson(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "mer_01jd8zk3v5m6q7r8s9t0v1w2x3")
            String merchantId,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "39.12", description = "A decimal string.")
            String amount,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "EUR")
            String currency,

            @Schema(maxLength = 120, nullable = true, description = "Your own name for it.") @Nullable
            String reference) {}

    /** The body of {@link #attachProof} as described. */
    @Schema(name = "NewProof", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
    record NewProofJson(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = "^0x[0-9a-fA-F]{64}$")
            String txHash) {}
}
