package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import javax.sql.DataSource;

/** A book is what was posted. */
final class ChainCheck {
    private ChainCheck() {}

    /** Answers how many transfers were found right. */
    static int rederive(DataSource dataSource, BookId book) {
        Verification verification = new Verifier(dataSource).verify(book);
        assertThat(verification).isInstanceOf(Verification.Sound.class);
        return Math.toIntExact(((Verification.Sound) verification).transfers());
    }
}
