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
import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Account.Freeze;
import io.bursar.ledger.AccountChange;
import io.bursar.ledger.AccountKind;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.Book;
import io.bursar.ledger.ChangeLine;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.OpenLot;
import io.bursar.ledger.Page;
import io.bursar.ledger.StatementLine;
import io.bursar.platform.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** One account: what happened on it, what it is, who froze it and why. */
@ConsolePage
@RequestMapping(LedgerPages.PATH + "/{bookText}/account")
class AccountPage {
    private static final int LINES_SHOWN = 50;
    private static final int LOTS_SHOWN = 50;
    private static final int CHANGES_SHOWN = 200;
    private static final int REASON_LENGTH_MAX = 500;

    private final Ledger ledger;
    private final BookViews views;
    private final AccountFreezes freezes;
    private final AdjustmentRequests adjustments;

    AccountPage(Books books, BookViews views, AccountFreezes freezes, AdjustmentRequests adjustments) {
        this.ledger = books.ledger();
        this.views = views;
        this.freezes = freezes;
        this.adjustments = adjustments;
    }

    record AccountLine(StatementLine entry, String id) {
        static AccountLine of(StatementLine entry) {
            return new AccountLine(entry, BookText.of(entry.transfer().id()));
        }
    }

    /** A freeze and since when, which the changes tell: it is in all of them since it was given. */
    record FreezeLine(Freeze freeze, @Nullable Instant since) {
        static FreezeLine of(Freeze freeze, List<ChangeLine> newestFirst) {
            Instant since = null;
            for (ChangeLine change : newestFirst) {
                if (!change.freezes().contains(freeze)) {
                    break;
                }
                since = change.at();
            }
            return new FreezeLine(freeze, since);
        }
    }

    @GetMapping
    @Access(Principal.Operator.class)
    String account(
            @PathVariable String bookText,
            @RequestParam String path,
            @RequestParam(required = false) @Nullable String cursor,
            Principal.Operator operator,
            Model model) {
        Book book = views.found(bookText);
        Account account = found(book, path);
        Page<StatementLine> statement = read(() -> ledger.statement(book.id(), account.path(), cursor, LINES_SHOWN));
        model.addAttribute("line", views.line(book));
        model.addAttribute("account", account);
        model.addAttribute(
                "statement", statement.items().stream().map(AccountLine::of).toList());
        model.addAttribute("more", more(address(bookText), "path", path, statement.next()));
        describe(book, account, model);
        model.addAttribute("mayFreeze", mayFreeze(account, operator));
        model.addAttribute("mayUnfreeze", mayUnfreeze(account, operator));
        model.addAttribute("mayAdjust", mayAdjust(account, operator));
        return "books/account";
    }

    private void describe(Book book, Account account, Model model) {
        List<ChangeLine> changes =
                ledger.changes(book.id(), account.path(), null, CHANGES_SHOWN).items();
        model.addAttribute("changes", changes);
        model.addAttribute(
                "freezes",
                account.freezes().stream()
                        .map(freeze -> FreezeLine.of(freeze, changes))
                        .toList());
        AccountPath owed = account.kind().owed();
        model.addAttribute(
                "owed", owed == null ? null : ledger.account(book.id(), owed).orElseThrow());
        model.addAttribute("lot", account.kind() instanceof AccountKind.Lot lot ? lot : null);
        boolean ofLots = account.kind() instanceof AccountKind.OfLots;
        Page<OpenLot> lots =
                ofLots ? ledger.lots(book.id(), account.path(), null, LOTS_SHOWN) : new Page<>(List.of(), null);
        model.addAttribute("ofLots", ofLots);
        model.addAttribute("lots", lots.items());
        model.addAttribute("moreLots", lots.next() != null);
    }

    private static boolean mayFreeze(Account account, Principal.Operator operator) {
        boolean changeable = !account.closed() && account.kind().parent() == null;
        return changeable && operator.role().includes(Role.SUPPORT);
    }

    private static boolean mayUnfreeze(Account account, Principal.Operator operator) {
        String actor = operator.actor().text();
        return mayFreeze(account, operator)
                && account.freezes().stream()
                        .anyMatch(freeze -> freeze.direction() == Direction.DEBITS
                                && freeze.actor().equals(actor));
    }

    @PostMapping("/freeze")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String freeze(
            @PathVariable String bookText,
            @RequestParam String path,
            @RequestParam String reason,
            Principal.Operator operator) {
        Book book = views.found(bookText);
        AccountPath account = found(book, path).path();
        return done(bookText, account, freezes.freezeDebits(book.id(), account, operator.actor(), checked(reason)));
    }

    @PostMapping("/unfreeze")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT, stepUp = true)
    String unfreeze(
            @PathVariable String bookText,
            @RequestParam String path,
            @RequestParam String reason,
            Principal.Operator operator) {
        Book book = views.found(bookText);
        AccountPath account = found(book, path).path();
        return done(bookText, account, freezes.unfreezeDebits(book.id(), account, operator.actor(), checked(reason)));
    }

    /** Nothing moves yet: it waits for a second operator. */
    @PostMapping("/adjustment")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String adjust(
            @PathVariable String bookText,
            @RequestParam String path,
            @RequestParam(defaultValue = "") String credit,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String reason,
            Principal.Operator operator) {
        Book book = views.found(bookText);
        Optional<String> refusal =
                adjustments.request(book, found(book, path), credit, amount, checked(reason), operator);
        if (refusal.isPresent()) {
            throw Problem.of(422, "adjustment_invalid", refusal.get()).asException();
        }
        return "redirect:/console/approvals";
    }

    private static boolean mayAdjust(Account account, Principal.Operator operator) {
        boolean ordinary = !account.closed() && account.kind().parent() == null;
        return ordinary && operator.role().includes(Role.ADMIN);
    }

    private static String done(String bookText, AccountPath path, AccountChange change) {
        if (change instanceof AccountChange.Refused refused) {
            throw Problem.of(409, "account_change_refused", refused.sentence()).asException();
        }
        return "redirect:"
                + UriComponentsBuilder.fromPath(address(bookText))
                        .queryParam("path", "{path}")
                        .encode()
                        .build(path.value());
    }

    private Account found(Book book, String path) {
        AccountPath named = read(() -> new AccountPath(path));
        return ledger.account(book.id(), named).orElseThrow(() -> notFound("account"));
    }

    private static String checked(String reason) {
        String given = reason.strip();
        if (given.isEmpty() || given.length() > REASON_LENGTH_MAX) {
            String sentence = "A reason of 1 to " + REASON_LENGTH_MAX + " characters is needed.";
            throw Problem.field("reason", "reason_invalid", sentence).asException();
        }
        return given;
    }

    private static String address(String bookText) {
        return LedgerPages.PATH + "/" + bookText + "/account";
    }
}
