package io.bursar.stablecoin.web;

import io.bursar.identity.Access;
import io.bursar.identity.IdempotentRequests;
import io.bursar.identity.Principal;
import io.bursar.outbox.Endpoints;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.JsonFields;
import io.bursar.platform.Page;
import io.bursar.platform.PageJson;
import io.bursar.platform.Problem;
import io.bursar.platform.PublicUrl;
import io.bursar.stablecoin.NewPaymentRequest;
import io.bursar.stablecoin.PartnerId;
import io.bursar.stablecoin.PaymentFilter;
import io.bursar.stablecoin.PaymentGates;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.PaymentRequestId;
import io.bursar.stablecoin.PaymentRequests;
import io.bursar.stablecoin.Payments;
import io.bursar.stablecoin.evm.TxHash;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Payment requests over the partner API. */
@RestController
@RequestMapping(path = "/api/v1/payment-requests", produces = MediaType.APPLICATION_JSON_VALUE)
@Access(Principal.PartnerKey.class)
class PaymentRequestApi implements PaymentRequestApiDescription {
    private static final Set<String> NEW_FIELDS = Set.of("merchantId", "amount", "currency", "reference");
    private static final Set<String> PROOF_FIELDS = Set.of("txHash");

    private final PaymentRequests requests;
    private final Payments payments;
    private final Endpoints endpoints;
    private final IdempotentRequests idempotent;
    private final Gatekeeper gates;
    private final PublicUrl publicUrl;

    PaymentRequestApi(
            PaymentRequests requests,
            Payments payments,
            Endpoints endpoints,
            IdempotentRequests idempotent,
            Gatekeeper gates,
            PublicUrl publicUrl) {
        this.idempotent = idempotent;
        this.requests = requests;
        this.payments = payments;
        this.endpoints = endpoints;
        this.gates = gates;
        this.publicUrl = publicUrl;
    }

    @Override
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<String> create(
            Principal.PartnerKey caller,
            HttpServletRequest http,
            @RequestBody(required = false) byte @Nullable [] body) {
        JsonFields fields = JsonFields.parse(body, NEW_FIELDS);
        NewPaymentRequest asked = new NewPaymentRequest(
                fields.required("merchantId"),
                fields.required("amount"),
                fields.required("currency"),
                fields.optional("reference"));
        return idempotent.once(caller, http, body, () -> made(caller, asked));
    }

    @Override
    @GetMapping
    public PageJson<PaymentRequestJson> list(
            Principal.PartnerKey caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        PaymentFilter filter = PaymentFilter.of(new PartnerId(caller.partnerId()), ListParameters.status(status));
        return PageJson.of(payments.list(filter, ListParameters.cursor(cursor), Page.limit(limit))
                .map(line -> json(line.request())));
    }

    @Override
    @GetMapping("/{id}")
    public PaymentRequestJson get(Principal.PartnerKey caller, @PathVariable String id) {
        return json(own(caller, id));
    }

    @Override
    @PutMapping(path = "/{id}/proof", consumes = MediaType.APPLICATION_JSON_VALUE)
    public PaymentRequestJson attachProof(
            Principal.PartnerKey caller,
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body) {
        PaymentRequest request = own(caller, id);
        TxHash tx = TxHash.parse(JsonFields.parse(body, PROOF_FIELDS).required("txHash"))
                .orElseThrow(() -> Problem.field(
                                "txHash",
                                "tx_hash_invalid",
                                "The transaction hash must be 0x and 64 hexadecimal digits.")
                        .asException());
        gates.pass(PaymentGates.VERIFICATION);
        if (!requests.attachProof(request.id(), tx, caller.actor())
                && !tx.equals(request.proof().tx())) {
            throw Problem.of(409, "already_verified", "The request was verified by another transaction.")
                    .asException();
        }
        return json(own(caller, id));
    }

    @Override
    @GetMapping("/{id}/chain-transfers")
    public PageJson<ChainTransferJson> chainTransfers(Principal.PartnerKey caller, @PathVariable String id) {
        PaymentRequest request = own(caller, id);
        return PageJson.whole(payments.chainTransfers(request.id()).stream()
                .map(seen -> ChainTransferJson.of(request, seen))
                .toList());
    }

    @Override
    @GetMapping("/{id}/deliveries")
    public PageJson<DeliveryJson> deliveries(
            Principal.PartnerKey caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        PaymentRequest request = own(caller, id);
        return PageJson.of(endpoints
                .deliveries(request.partnerId().subject(), request.id().subject(), cursor, Page.limit(limit))
                .map(DeliveryJson::of));
    }

    /** What was made before is still answered while the gate is closed, so this is asked only here. */
    private ResponseEntity<PaymentRequestJson> made(Principal.PartnerKey caller, NewPaymentRequest asked) {
        gates.pass(PaymentGates.REQUESTS);
        PaymentRequest made = CreationProblems.createdOrThrow(
                requests.create(new PartnerId(caller.partnerId()), asked, caller.actor()));
        return ResponseEntity.created(
                        URI.create("/api/v1/payment-requests/" + made.id().text()))
                .body(json(made));
    }

    /** What belongs to somebody else does not exist for the caller. */
    private PaymentRequest own(Principal.PartnerKey caller, String id) {
        return PaymentRequestId.parse(id)
                .flatMap(requestId -> requests.find(new PartnerId(caller.partnerId()), requestId))
                .orElseThrow(() -> Problem.notFound("payment request").asException());
    }

    private PaymentRequestJson json(PaymentRequest request) {
        return PaymentRequestJson.of(
                request,
                payments.status(request),
                publicUrl.of("/pay/" + request.id().text()));
    }
}
