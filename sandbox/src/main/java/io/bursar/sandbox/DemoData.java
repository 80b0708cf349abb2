package io.bursar.sandbox;

import io.bursar.sandbox.DemoConsole.Invitation;
import io.bursar.sandbox.evm.EvmNode;
import java.util.ArrayList;
import java.util.List;

/** Believable data, created as people and programs would create them: on the console's pages and over the API. */
final class DemoData {
    private static final Invitation COFFEE = new Invitation("Northwind Coffee", "ana@northwindcoffee.example");
    private static final Invitation BOOKS = new Invitation("Harbour Books", "til@harbourbooks.example");
    private static final Invitation BIKES = new Invitation("Lumen Bikes", "mei@lumenbikes.example");

    /**
     * What customers did: exact, less and more are the wallet's buttons; open waits, stranger pastes a foreign hash.
     */
    private static final List<Order> ORDERS = List.of(
            new Order(COFFEE, "39.12", "table-7", "exact"),
            new Order(COFFEE, "12.50", "table-2", "exact"),
            new Order(BOOKS, "24.90", "order-1041", "exact"),
            new Order(BIKES, "349.00", "invoice-2207", "exact"),
            new Order(COFFEE, "86.00", "catering-19", "exact"),
            new Order(BOOKS, "18.40", "order-1042", "less"),
            new Order(BIKES, "64.00", "invoice-2208", "more"),
            new Order(BOOKS, "31.75", "order-1043", "stranger"),
            new Order(COFFEE, "42.00", "table-4", "open"));

    private final DemoHome home;
    private final StandIns outside;

    private record Order(Invitation merchant, String amount, String reference, String story) {}

    private record Account(Invitation merchant, String id) {}

    DemoData(DemoHome home, StandIns outside) {
        this.home = home;
        this.outside = outside;
    }

    /** Takes up where an interrupted first start ended; adds nothing when everything is there. */
    DemoFile complete(DemoFile file) {
        var found = file;
        if (!found.complete()) {
            var console = new DemoConsole(found.baseUrl()).signIn(found.operator());
            var partner = found.partner();
            if (partner == null) {
                console.addViewer(found.viewer());
                partner = console.createPartner(
                        found.chainId(), outside.receiver().hookUrl("northwind"));
                found = kept(found.with(partner));
            }
            outside.receiver().trust(partner.webhookSecret());
            found = kept(
                    withPayments(found, partner, merchants(console, partner)).completed());
        }
        if (found.partner() != null) {
            outside.receiver().trust(found.partner().webhookSecret());
        }
        return found;
    }

    private List<Account> merchants(DemoConsole console, DemoFile.Partner partner) {
        var accounts = new ArrayList<Account>();
        for (var invitation : List.of(COFFEE, BOOKS, BIKES)) {
            if (console.merchantId(partner, invitation).isEmpty()) {
                console.invite(partner, invitation);
                console.accept(invitation, outside.mailbox());
            }
            var id = console.merchantId(partner, invitation);
            accounts.add(new Account(invitation, id.orElseThrow(() -> missing(invitation))));
        }
        return accounts;
    }

    private static IllegalStateException missing(Invitation invitation) {
        return new IllegalStateException("the partner's page does not show " + invitation.merchant());
    }

    private DemoFile withPayments(DemoFile file, DemoFile.Partner partner, List<Account> accounts) {
        if (outside.node() != null) {
            var shop = new DemoShop(file.baseUrl(), partner.apiKey());
            var strangersHash = "";
            for (var order : ORDERS) {
                var id = shop.ask(account(accounts, order.merchant()), order.amount(), order.reference());
                strangersHash = play(shop, outside.node(), id, order.story(), strangersHash);
            }
        }
        return file.with(new DemoFile.Merchant(account(accounts, COFFEE)));
    }

    /** Answers the last payment's hash, for a stranger to paste. */
    private static String play(DemoShop shop, EvmNode node, String id, String story, String lastHash) {
        switch (story) {
            case "open" -> {}
            case "stranger" -> shop.prove(id, lastHash);
            default -> {
                if (shop.unpaid(id)) {
                    return shop.pay(node.url() + "/wallet", id, story);
                }
            }
        }
        return lastHash;
    }

    private DemoFile kept(DemoFile file) {
        home.write(file);
        return file;
    }

    private static String account(List<Account> accounts, Invitation merchant) {
        return accounts.stream()
                .filter(account -> account.merchant().equals(merchant))
                .map(Account::id)
                .findFirst()
                .orElseThrow();
    }
}
