package io.bursar.books.api;

import io.bursar.books.Books;
import io.bursar.identity.Access;
import io.bursar.identity.IdempotentRequests;
import io.bursar.identity.Principal;
import io.bursar.identity.Scope;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.JsonFields;
import io.bursar.platform.PageJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many transfers in one request: as one posting that happens whole or not at all, or each on its own. */
@RestController
class BulkApi implements BulkApiDescription {
    static final String PATH = TransferApi.PATH + "/transfers/bulk";
    private static final Set<String> ATOMIC = Set.of("atomic", "transfers", "effectiveDate", "memo");
    private static final Set<String> EACH = Set.of("atomic", "transfers");
    private static final Set<String> ATOMIC_TRANSFER = Set.of("legs");
    private static final Set<String> EACH_TRANSFER = Set.of("idempotencyKey", "legs", "effectiveDate", "memo");

    private final Ledger ledger;
    private final BulkRoom room;
    private final Gatekeeper gates;

    BulkApi(Books books, BulkRoom room, Gatekeeper gates) {
        this.gates = gates;
        ledger = books.ledger();
        this.room = room;
    }

    /** Takes the body itself, so that what is not being worked on is not in memory yet. */
    @Override
    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_POST)
    public ResponseEntity<?> post(Principal.LedgerKey caller, HttpServletRequest http) {
        gates.pass(ApiConfiguration.POSTINGS);
        return room.within(caller.bookId(), () -> {
            JsonFields fields = JsonFields.parse(body(http));
            return fields.requiredFlag("atomic")
                    ? together(caller, IdempotentRequests.requiredKey(http), fields.only(ATOMIC))
                    : each(caller, fields.only(EACH));
        });
    }

    private ResponseEntity<PostingJson> together(Principal.LedgerKey caller, String key, JsonFields fields) {
        List<Leg> legs = new ArrayList<>();
        for (JsonFields transfer : fields.objects("transfers")) {
            legs.addAll(PostingReader.legs(transfer.only(ATOMIC_TRANSFER)));
        }
        return TransferApi.answer(ledger.submit(PostingReader.posting(caller, key, legs, fields)));
    }

    private ResponseEntity<PageJson<BulkJson>> each(Principal.LedgerKey caller, JsonFields fields) {
        List<String> keys = new ArrayList<>();
        List<Posting> postings = new ArrayList<>();
        for (JsonFields transfer : fields.objects("transfers")) {
            String key = transfer.only(EACH_TRANSFER).required("idempotencyKey");
            keys.add(IdempotentRequests.checked(transfer.path("idempotencyKey"), key));
            postings.add(PostingReader.posting(caller, key, PostingReader.legs(transfer), transfer));
        }
        if (postings.stream().mapToLong(posting -> posting.legs().size()).sum() > Ledger.BULK_LEGS_MAX) {
            throw PostingReader.tooManyLegs();
        }
        List<Outcome> outcomes = ledger.submitAll(postings);
        List<BulkJson> items = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            items.add(BulkJson.of(keys.get(i), outcomes.get(i)));
        }
        return ResponseEntity.ok(PageJson.whole(items));
    }

    private static byte[] body(HttpServletRequest http) {
        try {
            return http.getInputStream().readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
