package io.bursar.books.api;

import io.bursar.ledger.Outcome;
import io.bursar.ledger.Transfer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What was posted: each leg became one transfer, or several where it had to be divided. */
@Schema(name = "Posting")
record PostingJson(
        @Schema(description = "Names it in later legs and when it is read: `api/`, the key's id, the Idempotency-Key.")
        String reference,

        Instant postedAt,
        List<PostedLegJson> legs) {

    @Schema(name = "PostedLeg")
    record PostedLegJson(
            @Schema(example = "trf_01m7yhb1m1ez7aj01hkws85skv")
            String id,

            @Schema(description = "Which leg of the request it belongs to, from 0.")
            int leg,

            @Schema(example = "move") String kind,
            @Schema(description = "In minor units.") long amount,
            SideJson debit,
            SideJson credit) {}

    @Schema(name = "Side", description = "An account right after the transfer.")
    record SideJson(
            String account,

            @Schema(description = "The account's own numbering, without gaps.")
            long sequence,

            @Schema(description = "Posted, in minor units.") long balance) {

        static SideJson of(Outcome.SideAfter side) {
            return new SideJson(side.account().value(), side.sequence(), side.balance());
        }
    }

    static PostingJson of(Outcome.Posted posted) {
        List<PostedLegJson> legs = posted.legs().stream()
                .map(leg -> new PostedLegJson(
                        TransferJson.id(leg.transfer()),
                        leg.leg(),
                        word(leg.kind()),
                        leg.amount(),
                        SideJson.of(leg.debit()),
                        SideJson.of(leg.credit())))
                .toList();
        return new PostingJson(posted.reference().value(), posted.postedAt(), legs);
    }

    static String word(Transfer.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
