package io.bursar.books.api;

import io.bursar.books.Books;
import io.bursar.books.web.BookText;
import io.bursar.identity.Access;
import io.bursar.identity.IdempotentRequests;
import io.bursar.identity.IdempotentResponse;
import io.bursar.identity.Principal;
import io.bursar.identity.Scope;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Transfer;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.JsonFields;
import io.bursar.platform.Page;
import io.bursar.platform.PageJson;
import io.bursar.platform.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/**
 * Posting over HTTP. The ledger itself makes a request safe to repeat: the Idempotency-Key is the reference, so what
 * was posted is answered again for ever, and what was refused is judged anew.
 */
@RestController
@RequestMapping(path = TransferApi.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class TransferApi implements TransferApiDescription {
    static final String PATH = "/api/v1/ledger";
    private static final Set<String> HOLD = Set.of("debit", "credit", "amount", "unit", "scale", "expiresAt", "memo");
    private static final Set<String> SETTLEMENT = Set.of("reference", "leg", "amount", "memo");

    private final Ledger ledger;
    private final Gatekeeper gates;

    TransferApi(Books books, Gatekeeper gates) {
        ledger = books.ledger();
        this.gates = gates;
    }

    @Override
    @PostMapping(path = "/transfers", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_POST)
    public ResponseEntity<PostingJson> post(
            Principal.LedgerKey caller,
            HttpServletRequest http,
            @RequestBody(required = false) byte @Nullable [] body) {
        return posted(caller, http, body, PostingReader.FIELDS, PostingReader::legs);
    }

    @Override
    @PostMapping(path = "/holds", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_POST)
    public ResponseEntity<PostingJson> hold(
            Principal.LedgerKey caller,
            HttpServletRequest http,
            @RequestBody(required = false) byte @Nullable [] body) {
        return posted(caller, http, body, HOLD, fields -> List.of(PostingReader.pend(fields)));
    }

    @Override
    @PostMapping(path = "/holds/commits", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_POST)
    public ResponseEntity<PostingJson> commit(
            Principal.LedgerKey caller,
            HttpServletRequest http,
            @RequestBody(required = false) byte @Nullable [] body) {
        return posted(caller, http, body, SETTLEMENT, fields -> List.of(PostingReader.commit(fields)));
    }

    @Override
    @PostMapping(path = "/holds/releases", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_POST)
    public ResponseEntity<PostingJson> release(
            Principal.LedgerKey caller,
            HttpServletRequest http,
            @RequestBody(required = false) byte @Nullable [] body) {
        return posted(caller, http, body, SETTLEMENT, fields -> List.of(PostingReader.release(fields)));
    }

    @Override
    @GetMapping("/transfers")
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_READ)
    public PageJson<TransferJson> list(
            Principal.LedgerKey caller,
            @RequestParam(required = false) @Nullable String reference,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        BookId book = new BookId(caller.bookId());
        if (reference == null) {
            int size = Page.limit(limit);
            return Reads.page(() -> ledger.transfers(book, cursor, size), TransferJson::of);
        }
        List<Transfer> posting = ledger.posting(book, PostingReader.reference("reference", reference));
        if (posting.isEmpty()) {
            throw Problem.notFound("posting").asException();
        }
        return PageJson.whole(posting.stream().map(TransferJson::of).toList());
    }

    @Override
    @GetMapping("/transfers/{id}")
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_READ)
    public TransferJson get(Principal.LedgerKey caller, @PathVariable String id) {
        return BookText.transfer(id)
                .flatMap(transfer -> ledger.transfer(new BookId(caller.bookId()), transfer))
                .map(TransferJson::of)
                .orElseThrow(() -> Problem.notFound("transfer").asException());
    }

    @Override
    @GetMapping("/holds/{id}")
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_READ)
    public HoldJson held(Principal.LedgerKey caller, @PathVariable String id) {
        return BookText.transfer(id)
                .flatMap(transfer -> ledger.hold(new BookId(caller.bookId()), transfer))
                .map(HoldJson::of)
                .orElseThrow(() -> Problem.notFound("hold").asException());
    }

    private ResponseEntity<PostingJson> posted(
            Principal.LedgerKey caller,
            HttpServletRequest http,
            byte @Nullable [] body,
            Set<String> known,
            Function<JsonFields, List<Leg>> legs) {
        gates.pass(ApiConfiguration.POSTINGS);
        String key = IdempotentRequests.requiredKey(http);
        JsonFields fields = JsonFields.parse(body, known);
        return answer(ledger.submit(PostingReader.posting(caller, key, legs.apply(fields), fields)));
    }

    /** The answer to one posting; a repeated one is answered as it was the first time, and says so. */
    static ResponseEntity<PostingJson> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Posted posted -> created(posted, false);
            case Outcome.Duplicate(var original) -> created(original, true);
            case Outcome.Rejected rejected -> throw Refusals.of(rejected).asException();
            case Outcome.OutcomeUnknown _ -> throw Refusals.unknown().asException();
        };
    }

    private static ResponseEntity<PostingJson> created(Outcome.Posted posted, boolean replayed) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.created(location(posted));
        if (replayed) {
            answer.header(IdempotentResponse.REPLAYED_HEADER, "true");
        }
        return answer.body(PostingJson.of(posted));
    }

    private static URI location(Outcome.Posted posted) {
        return URI.create(PATH + "/transfers?reference="
                + UriUtils.encode(posted.reference().value(), StandardCharsets.UTF_8));
    }
}
