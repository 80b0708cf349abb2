package io.bursar.books.web;

import io.bursar.books.BookProof;
import io.bursar.books.BookProofs;
import io.bursar.books.Books;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.Book;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Page;
import io.bursar.ledger.StatementLine;
import io.bursar.ledger.Transfer;
import io.bursar.ledger.TrialBalance;
import io.bursar.platform.Problem;
import io.bursar.platform.ProblemException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What is in the books, for operators to read: every figure leads to the rows it is made of. */
@ConsolePage
@Access(Principal.Operator.class)
class LedgerPages {
    static final String PATH = "/console/ledger";
    private static final int ROWS = 50;
    private static final int BOOKS_SHOWN_MAX = 200;

    private final Ledger ledger;
    private final BookProofs proofs;

    LedgerPages(Books books, BookProofs proofs) {
        this.ledger = books.ledger();
        this.proofs = proofs;
    }

    /** A book in the list, with what says that it is sound. */
    record BookLine(
            Book book,
            String id,
            List<TrialBalance> units,
            @Nullable BookProof proof) {
        public boolean balanced() {
            return units.stream().allMatch(TrialBalance::balanced);
        }

        public long accounts() {
            return units.stream().mapToLong(TrialBalance::accounts).sum();
        }
    }

    @GetMapping(PATH)
    String books(@RequestParam(defaultValue = "") String name, Model model) {
        List<Book> matching = ledger.books().stream()
                .filter(book -> book.name().contains(name.strip()))
                .toList();
        Map<BookId, BookProof> known = proofs.all();
        model.addAttribute("name", name);
        model.addAttribute("count", matching.size());
        model.addAttribute(
                "books",
                matching.stream()
                        .limit(BOOKS_SHOWN_MAX)
                        .map(book -> line(book, known))
                        .toList());
        return "books/books";
    }

    @GetMapping(PATH + "/{bookText}")
    String book(
            @PathVariable String bookText,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Book book = found(bookText);
        Page<Account> accounts = read(() -> ledger.accounts(book.id(), prefix.strip(), cursor, ROWS));
        model.addAttribute("line", line(book));
        model.addAttribute("sealing", proofs.isSealing());
        model.addAttribute("prefix", prefix);
        model.addAttribute("accounts", accounts.items());
        model.addAttribute("more", more(PATH + "/" + bookText, "prefix", prefix, accounts.next()));
        return "books/book";
    }

    @GetMapping(PATH + "/{bookText}/transfers")
    String transfers(
            @PathVariable String bookText, @RequestParam(required = false) @Nullable String cursor, Model model) {
        Book book = found(bookText);
        Page<Transfer> transfers = read(() -> ledger.transfers(book.id(), cursor, ROWS));
        model.addAttribute("line", line(book));
        model.addAttribute(
                "transfers", transfers.items().stream().map(TransferLine::of).toList());
        model.addAttribute("more", more(PATH + "/" + bookText + "/transfers", "all", "", transfers.next()));
        return "books/transfers";
    }

    @GetMapping(PATH + "/{bookText}/account")
    String account(
            @PathVariable String bookText,
            @RequestParam String path,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Book book = found(bookText);
        AccountPath named = read(() -> new AccountPath(path));
        Account account = ledger.account(book.id(), named).orElseThrow(() -> notFound("account"));
        Page<StatementLine> statement = read(() -> ledger.statement(book.id(), named, cursor, ROWS));
        model.addAttribute("line", line(book));
        model.addAttribute("account", account);
        model.addAttribute(
                "statement", statement.items().stream().map(AccountLine::of).toList());
        model.addAttribute("more", more(PATH + "/" + bookText + "/account", "path", path, statement.next()));
        return "books/account";
    }

    @GetMapping(PATH + "/{bookText}/transfers/{transferText}")
    String transfer(@PathVariable String bookText, @PathVariable String transferText, Model model) {
        Book book = found(bookText);
        Transfer transfer = BookText.transfer(transferText)
                .flatMap(id -> ledger.transfer(book.id(), id))
                .orElseThrow(() -> notFound("transfer"));
        model.addAttribute("line", line(book));
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

    record AccountLine(StatementLine entry, String id) {
        static AccountLine of(StatementLine entry) {
            return new AccountLine(entry, BookText.of(entry.transfer().id()));
        }
    }

    private interface Read<T> {
        T get();
    }

    /** What stands in an address may be anything; what the ledger cannot even read does not exist. */
    private static <T> T read(Read<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw notFound("page of the ledger");
        }
    }

    private Book found(String bookText) {
        return BookText.book(bookText)
                .flatMap(id -> ledger.books().stream()
                        .filter(book -> book.id().equals(id))
                        .findFirst())
                .orElseThrow(() -> notFound("book"));
    }

    private BookLine line(Book book) {
        return line(book, proofs.all());
    }

    private BookLine line(Book book, Map<BookId, BookProof> known) {
        return new BookLine(book, BookText.of(book.id()), ledger.trialBalance(book.id()), known.get(book.id()));
    }

    private static @Nullable String more(String path, String filter, String value, @Nullable String cursor) {
        return cursor == null
                ? null
                : UriComponentsBuilder.fromPath(path)
                        .queryParam(filter, "{filter}")
                        .queryParam("cursor", "{cursor}")
                        .encode()
                        .build(value, cursor)
                        .toString();
    }

    private static ProblemException notFound(String what) {
        return Problem.notFound(what).asException();
    }
}
