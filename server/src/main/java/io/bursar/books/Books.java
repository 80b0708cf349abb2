package io.bursar.books;

import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The ledger of this installation, and the books that the systems keep in it. */
@Component
public class Books implements DisposableBean {
    private final Ledger ledger;

    Books(DataSource dataSource, Clock clock) {
        this.ledger = Ledger.open(dataSource, clock);
    }

    /** Posts what was submitted before the process ends. */
    @Override
    public void destroy() {
        ledger.close();
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The book of that name, such as {@code stablecoin/<partner>}; opened when it is not there yet. */
    public BookId open(String name) {
        return ledger.openBook(name);
    }
}
