package io.bursar.books.api;

import io.bursar.books.Books;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Scope;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountOpening;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.TrialBalance;
import io.bursar.platform.JsonFields;
import io.bursar.platform.Page;
import io.bursar.platform.PageJson;
import io.bursar.platform.Problem;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

/** The accounts of the caller's book, and what was posted to them. */
@RestController
@RequestMapping(path = TransferApi.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class AccountApi implements AccountApiDescription {
    private static final Set<String> FIELDS = Set.of("path", "unit", "scale", "floor", "ceiling", "overdraft");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:@+~/-]{0,200}");

    private final Ledger ledger;
    private final Clock clock;

    AccountApi(Books books, Clock clock) {
        ledger = books.ledger();
        this.clock = clock;
    }

    @Override
    @PostMapping(path = "/accounts", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_POST)
    public ResponseEntity<AccountJson> open(
            Principal.LedgerKey caller, @RequestBody(required = false) byte @Nullable [] body) {
        AccountSpec spec = NewAccount.read(JsonFields.parse(body, FIELDS));
        AccountOpening opening =
                ledger.openAccount(book(caller), spec, caller.actor().text(), "opened over the API");
        return switch (opening) {
            case AccountOpening.Opened(AccountPath path) ->
                ResponseEntity.created(URI.create(TransferApi.PATH + "/accounts/" + path))
                        .body(AccountJson.of(found(caller, path)));
            case AccountOpening.AlreadyOpen(AccountPath path) -> ResponseEntity.ok(AccountJson.of(found(caller, path)));
            case AccountOpening.Differs _ ->
                throw Problem.of(
                                409,
                                "account_differs",
                                "An account of that path was opened with another unit or other limits.")
                        .asException();
            case AccountOpening.Unlinkable _, AccountOpening.UnknownBook _ ->
                throw Problem.notFound("book").asException();
        };
    }

    @Override
    @GetMapping("/accounts")
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_READ)
    public PageJson<AccountJson> list(
            Principal.LedgerKey caller,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw Problem.field("prefix", "prefix_invalid", "The prefix must be the beginning of an account path.")
                    .asException();
        }
        int size = Page.limit(limit);
        return Reads.page(() -> ledger.accounts(book(caller), prefix, cursor, size), AccountJson::of);
    }

    @Override
    @GetMapping("/accounts/{*path}")
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_READ)
    public AccountJson get(Principal.LedgerKey caller, @PathVariable String path) {
        return AccountJson.of(named(caller, path));
    }

    @Override
    @GetMapping("/statements/{*path}")
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_READ)
    public PageJson<StatementLineJson> statement(
            Principal.LedgerKey caller,
            @PathVariable String path,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        AccountPath account = named(caller, path).path();
        int size = Page.limit(limit);
        return Reads.page(() -> ledger.statement(book(caller), account, cursor, size), StatementLineJson::of);
    }

    @Override
    @GetMapping("/balances/{*path}")
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_READ)
    public BalanceJson balance(
            Principal.LedgerKey caller,
            @PathVariable String path,
            @RequestParam(required = false) @Nullable String at) {
        Account account = named(caller, path);
        Instant instant = Optional.ofNullable(Times.optional("at", at)).orElseGet(clock::instant);
        long balance = ledger.balanceAt(book(caller), account.path(), instant).orElseThrow();
        return new BalanceJson(
                account.path().value(), account.unit().code(), account.unit().scale(), instant, balance);
    }

    @Override
    @GetMapping("/trial-balance")
    @Access(value = Principal.LedgerKey.class, scopes = Scope.LEDGER_READ)
    public PageJson<TrialBalanceJson> trialBalance(
            Principal.LedgerKey caller, @RequestParam(required = false) @Nullable String through) {
        LocalDate day = Times.date("through", through);
        List<TrialBalance> units =
                day == null ? ledger.trialBalance(book(caller)) : ledger.trialBalance(book(caller), day);
        return PageJson.whole(units.stream().map(TrialBalanceJson::of).toList());
    }

    private static BookId book(Principal.LedgerKey caller) {
        return new BookId(caller.bookId());
    }

    private Account named(Principal.LedgerKey caller, String captured) {
        try {
            return found(caller, new AccountPath(captured.substring(captured.startsWith("/") ? 1 : 0)));
        } catch (IllegalArgumentException noPath) {
            throw notFound();
        }
    }

    private Account found(Principal.LedgerKey caller, AccountPath path) {
        return ledger.account(book(caller), path).orElseThrow(AccountApi::notFound);
    }

    private static RuntimeException notFound() {
        return Problem.notFound("account").asException();
    }
}
