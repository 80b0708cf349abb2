package io.bursar.books.api;

import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.Policy;
import io.bursar.platform.JsonFields;
import io.bursar.platform.Problem;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what an account shall be. Unless something else is said, it cannot be overdrawn and has no ceiling. */
final class NewAccount {
    private NewAccount() {}

    static AccountSpec read(JsonFields fields) {
        AccountPath path = PostingReader.path(fields, "path");
        if (Arrays.stream(path.value().split("/")).anyMatch(segment -> segment.matches("\\.+"))) {
            // Whatever stands between a caller and us may take such a segment out of an address.
            throw Problem.field("path", "path_invalid", "A segment of the path must not be only dots.")
                    .asException();
        }
        return new AccountSpec(path, PostingReader.unit(fields), policy(fields));
    }

    private static Policy policy(JsonFields fields) {
        boolean overdraft = fields.flag("overdraft");
        Long floor = fields.optionalInteger("floor");
        if (floor != null && (overdraft || floor > 0)) {
            throw limit("floor", "The floor must be zero or below, and be left out with overdraft.");
        }
        Long ceiling = fields.optionalInteger("ceiling");
        if (ceiling != null && ceiling < 0) {
            throw limit("ceiling", "The ceiling must be zero or above.");
        }
        @Nullable Long least = overdraft ? null : Optional.ofNullable(floor).orElse(0L);
        return new Policy(least, ceiling);
    }

    private static RuntimeException limit(String field, String sentence) {
        return Problem.field(field, "limit_of_account_invalid", sentence).asException();
    }
}
