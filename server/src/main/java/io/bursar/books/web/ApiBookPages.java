package io.bursar.books.web;

import io.bursar.books.ApiBooks;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.ApiKeySummary;
import io.bursar.identity.IssuedApiKey;
import io.bursar.identity.KeyOverlap;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.identity.Scope;
import io.bursar.ledger.Book;
import io.bursar.ledger.BookId;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Books for the API in the console: opening one, and the keys to it. */
@ConsolePage
@Access(value = Principal.Operator.class, role = Role.ADMIN)
class ApiBookPages {
    private static final String KEY = "key";
    private static final String NEW = LedgerPages.PATH + "/new";
    private static final String KEYS = LedgerPages.PATH + "/{bookText}/api-keys";

    private final ApiBooks books;
    private final BookViews views;

    ApiBookPages(ApiBooks books, BookViews views) {
        this.books = books;
        this.views = views;
    }

    /** A key in the list, with the id its form names it by. */
    record KeyLine(String id, ApiKeySummary key, List<String> scopes) {
        static KeyLine of(ApiKeySummary key) {
            return new KeyLine(IdText.of(KEY, key.credentialId()), key, texts(key.scopes()));
        }

        static List<String> texts(Set<Scope> scopes) {
            return scopes.stream().map(Scope::text).sorted().toList();
        }
    }

    @GetMapping(NEW)
    String form(Model model) {
        return drawForm("", "", model);
    }

    @PostMapping(NEW)
    String open(
            @RequestParam(defaultValue = "") String name,
            Principal.Operator operator,
            HttpServletResponse answer,
            Model model) {
        return switch (books.open(name.strip(), operator.actor())) {
            case ApiBooks.Opening.Opened(BookId book) -> redirect(BookText.of(book));
            case ApiBooks.Opening.NameTaken _ -> {
                answer.setStatus(HttpStatus.CONFLICT.value());
                yield drawForm(name, "There is a book of that name already.", model);
            }
            case ApiBooks.Opening.NameInvalid _ -> {
                answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield drawForm(name, "1 to 60 of a-z 0-9 -, beginning with a letter or a digit.", model);
            }
        };
    }

    @GetMapping(KEYS)
    @Access(Principal.Operator.class)
    String keys(@PathVariable String bookText, Principal.Operator operator, Model model) {
        return drawKeys(found(bookText), operator, "", model);
    }

    /** Answers at once instead of redirecting, because the key is shown this once and stored nowhere. */
    @PostMapping(KEYS)
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String issue(
            @PathVariable String bookText,
            @RequestParam(defaultValue = "") List<String> scope,
            Principal.Operator operator,
            HttpServletResponse answer,
            Model model) {
        Book book = found(bookText);
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        scope.forEach(text -> Scope.of(text).ifPresent(scopes::add));
        if (scopes.isEmpty() || scopes.size() != Set.copyOf(scope).size()) {
            answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return drawKeys(book, operator, "Choose what the key may do.", model);
        }
        IssuedApiKey issued = books.issueKey(book, scopes, operator.actor());
        answer.setStatus(HttpStatus.CREATED.value());
        return drawSecret(book, issued, "", model);
    }

    /** The new secret is shown this once, like that of a new key. */
    @PostMapping(KEYS + "/rotation")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String rotate(
            @PathVariable String bookText,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "DAY") String overlap,
            Principal.Operator operator,
            Model model) {
        Book book = found(bookText);
        KeyOverlap chosen = KeyOverlap.of(overlap)
                .orElseThrow(() -> Problem.notFound("overlap").asException());
        IssuedApiKey issued = IdText.parse(KEY, key)
                .flatMap(credential -> books.rotateKey(book, credential, chosen, operator.actor()))
                .orElseThrow(() -> Problem.notFound("live API key").asException());
        return drawSecret(book, issued, chosen.words(), model);
    }

    @PostMapping(KEYS + "/{keyText}/previous-end")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String endPrevious(@PathVariable String bookText, @PathVariable String keyText, Principal.Operator operator) {
        Book book = found(bookText);
        boolean ended = IdText.parse(KEY, keyText)
                .map(credential -> books.endPreviousSecret(book, credential, operator.actor()))
                .orElse(false);
        if (!ended) {
            throw Problem.notFound("old secret that works").asException();
        }
        return redirect(bookText);
    }

    @PostMapping(KEYS + "/{keyText}/revocation")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String revoke(@PathVariable String bookText, @PathVariable String keyText, Principal.Operator operator) {
        Book book = found(bookText);
        boolean revoked = IdText.parse(KEY, keyText)
                .map(credential -> books.revokeKey(book, credential, operator.actor()))
                .orElse(false);
        if (!revoked) {
            throw Problem.notFound("live API key").asException();
        }
        return redirect(bookText);
    }

    private static String redirect(String bookText) {
        return "redirect:" + LedgerPages.PATH + "/" + bookText + "/api-keys";
    }

    private static String drawForm(String name, String error, Model model) {
        model.addAttribute("name", name);
        model.addAttribute("error", error);
        return "books/new";
    }

    private String drawSecret(Book book, IssuedApiKey issued, String overlap, Model model) {
        Set<Scope> scopes = books.keys(book.id()).stream()
                .filter(key -> key.credentialId().equals(issued.credentialId()))
                .findFirst()
                .orElseThrow()
                .scopes();
        model.addAttribute("line", views.line(book));
        model.addAttribute("scopes", KeyLine.texts(scopes));
        model.addAttribute("apiKey", issued.key());
        model.addAttribute("overlap", overlap);
        return "books/api-key";
    }

    private String drawKeys(Book book, Principal.Operator operator, String error, Model model) {
        model.addAttribute("line", views.line(book));
        model.addAttribute(
                "keys", books.keys(book.id()).stream().map(KeyLine::of).toList());
        model.addAttribute("choices", Scope.values());
        model.addAttribute("overlaps", KeyOverlap.values());
        model.addAttribute("mayIssue", operator.role().includes(Role.ADMIN));
        model.addAttribute("error", error);
        return "books/api-keys";
    }

    /** A book of a system has no keys. */
    private Book found(String bookText) {
        Book book = views.found(bookText);
        if (!books.isForApi(book)) {
            throw Problem.notFound("book for the API").asException();
        }
        return book;
    }
}
