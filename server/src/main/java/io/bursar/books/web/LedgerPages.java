package io.bursar.books.web;

import static io.bursar.books.web.BookViews.more;
import static io.bursar.books.web.BookViews.notFound;
import static io.bursar.books.web.BookViews.read;

import io.bursar.books.Books;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.ledger.Account;
import io.bursar.ledger.Book;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Page;
import io.bursar.ledger.Transfer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What is in the books, for operators to read: every figure leads to the rows it is made of. */
@ConsolePage
@Access(Principal.Operator.class)
class LedgerPages {
    static final String PATH = "/console/ledger";
    private static final int ROWS = 50;
    private static final int BOOKS_SHOWN_MAX = 200;
    private static final int PERIODS_SHOWN = 12;

    private final Ledger ledger;
    private final BookViews views;

    LedgerPages(Books books, BookViews views) {
        this.ledger = books.ledger();
        this.views = views;
    }

    @GetMapping(PATH)
    String books(@RequestParam(defaultValue = "") String name, Principal.Operator operator, Model model) {
        List<Book> matching = ledger.books().stream()
                .filter(book -> book.name().contains(name.strip()))
                .toList();
        model.addAttribute("name", name);
        model.addAttribute("mayOpen", operator.role().includes(Role.ADMIN));
        model.addAttribute("count", matching.size());
        model.addAttribute(
                "books",
                matching.stream().limit(BOOKS_SHOWN_MAX).map(views::line).toList());
        return "books/books";
    }

    @GetMapping(PATH + "/{bookText}")
    String book(
            @PathVariable String bookText,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Book book = views.found(bookText);
        Page<Account> accounts = read(() -> ledger.accounts(book.id(), prefix.strip(), cursor, ROWS));
        model.addAttribute("line", views.line(book));
        model.addAttribute(
                "periods", ledger.periods(book.id(), null, PERIODS_SHOWN).items());
        model.addAttribute("prefix", prefix);
        model.addAttribute("accounts", accounts.items());
        model.addAttribute("more", more(PATH + "/" + bookText, "prefix", prefix, accounts.next()));
        return "books/book";
    }

    @GetMapping(PATH + "/{bookText}/transfers")
    String transfers(
            @PathVariable String bookText, @RequestParam(required = false) @Nullable String cursor, Model model) {
        Book book = views.found(bookText);
        Page<Transfer> transfers = read(() -> ledger.transfers(book.id(), cursor, ROWS));
        model.addAttribute("line", views.line(book));
        model.addAttribute(
                "transfers", transfers.items().stream().map(TransferLine::of).toList());
        model.addAttribute("more", more(PATH + "/" + bookText + "/transfers", "all", "", transfers.next()));
        return "books/transfers";
    }

    @GetMapping(PATH + "/{bookText}/transfers/{transferText}")
    String transfer(@PathVariable String bookText, @PathVariable String transferText, Model model) {
        Book book = views.found(bookText);
        Transfer transfer = BookText.transfer(transferText)
                .flatMap(id -> ledger.transfer(book.id(), id))
                .orElseThrow(() -> notFound("transfer"));
        model.addAttribute("line", views.line(book));
        model.addAttribute("shown", TransferLine.of(transfer));
        model.addAttribute(
                "legs",
                ledger.posting(book.id(), transfer.reference()).stream()
                        .map(TransferLine::of)
                        .toList());
        return "books/transfer";
    }

    /** A transfer with the text of its ids. */
    record TransferLine(
            Transfer transfer, String id, @Nullable String settles) {
        static TransferLine of(Transfer transfer) {
            String settles = transfer.settles() == null ? null : BookText.of(transfer.settles());
            return new TransferLine(transfer, BookText.of(transfer.id()), settles);
        }
    }
}
