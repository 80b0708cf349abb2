package io.bursar.stablecoin;

import io.bursar.Floors;
import io.bursar.books.Books;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.StatementLine;
import io.bursar.ledger.Unit;
import io.bursar.platform.PublicUrl;
import io.bursar.shared.Actor;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.shared.UuidV7;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TxHash;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner with a merchant who asks for USDC on a chain, and what came of it. */
final class Scene {
    static final Duration LIFE = Duration.ofMinutes(30);
    private static final Actor ACTOR = Actor.system("test");
    private static final SecureRandom RANDOM = new SecureRandom();

    final Floors bursar = Ground.FLOORS;
    final ChainSpec spec;
    final Partner partner;
    final MerchantId merchant;

    Scene(long chainId) {
        this(chainId, Finality.FINAL);
    }

    Scene(long chainId, Finality tier) {
        this(chainId, tier, true);
    }

    /** A wallet that does not owe has nowhere to take a shortfall from. */
    Scene(long chainId, Finality tier, boolean owing) {
        spec = ChainRegistry.chain(chainId).orElseThrow();
        partner = partner(tier);
        merchant = merchant(owing);
    }

    /** The modules that take part, without a web server and without jobs; of each only what is asked for is made. */
    private static final class Ground {
        static final Floors FLOORS = Floors.start(
                Map.of(),
                context -> {
                    context.registerBean(PublicUrl.class, () -> new PublicUrl("https://pay.example"));
                    context.addBeanFactoryPostProcessor(factory -> Stream.of(factory.getBeanDefinitionNames())
                            .forEach(name -> factory.getBeanDefinition(name).setLazyInit(true)));
                },
                "ledger",
                "audit",
                "errorlog",
                "mail",
                "books",
                "outbox",
                "stablecoin");
    }

    private Partner partner(Finality tier) {
        var id = new PartnerId(UuidV7.at(now()));
        BookId book = bursar.bean(PartnerBooks.class).open(id, spec, Asset.USDC, ACTOR);
        var made = new Partner(
                id,
                "Partner",
                "p" + HexFormat.of().formatHex(random(8)),
                spec.id(),
                Asset.USDC,
                new Money(100, new MoneyUnit("USD", 2)),
                tier,
                null,
                book,
                now());
        bursar.bean(PartnerStore.class).insert(made);
        return made;
    }

    private MerchantId merchant(boolean owing) {
        var id = new MerchantId(UuidV7.at(now()));
        var store = bursar.bean(MerchantStore.class);
        store.insert(id, partner.id(), "Merchant", id.value() + "@merchant.example", now());
        if (owing) {
            bursar.bean(PartnerBooks.class).openMerchant(partner, id, ACTOR);
        } else {
            var wallet = AccountSpec.of(BookAccounts.wallet(id, spec, Asset.USDC), new Unit("USDC", 6));
            ledger().openAccount(partner.book(), wallet, ACTOR.text(), "test");
        }
        store.accept(id, bursar.bean(WalletSeedStore.class).nextAccount(), address(), now());
        return id;
    }

    PaymentRequest request(long units) {
        return request(units, now());
    }

    PaymentRequest request(long units, Instant createdAt) {
        var store = bursar.bean(PaymentRequestStore.class);
        var request = new PaymentRequest(
                new PaymentRequestId(UuidV7.at(now())),
                partner.id(),
                merchant,
                "order-7",
                new Money(Math.max(1, units / 10_000), new MoneyUnit("USD", 2)),
                new Money(units, AssetUnits.unit(Asset.USDC)),
                Asset.USDC,
                spec.id(),
                usdc(),
                new LockedRate(BigDecimal.ONE, "parity", LocalDate.parse("2026-03-02"), now()),
                address(),
                store.nextAddressIndex(),
                createdAt,
                createdAt.plus(LIFE),
                Proof.NONE);
        store.insert(request);
        return request;
    }

    Address usdc() {
        return spec.token(Asset.USDC).orElseThrow().contract();
    }

    TestChain.Payment pays(PaymentRequest request, long units) {
        return new TestChain.Payment(usdc(), request.depositAddress(), BigInteger.valueOf(units));
    }

    Instant now() {
        return bursar.clock().instant();
    }

    /** Proof as {@code verified}, {@code failed wrong_amount}, {@code attached waiting_finality}. */
    String proof(PaymentRequest request) {
        Proof proof = bursar.bean(PaymentRequestStore.class)
                .findOfAnyPartner(request.id())
                .orElseThrow()
                .proof();
        String finding = proof.finding();
        return proof.status().word() + (finding == null ? "" : " " + finding);
    }

    void paste(PaymentRequest request, TxHash tx) {
        bursar.bean(Proofs.class).attach(request.id(), tx, ACTOR);
    }

    /** What was seen for a request: {@code final exact}, {@code reorged exact}, {@code seen}. */
    List<String> transfers(PaymentRequest request) {
        return bursar.bean(TransferStore.class).ofRequest(request.id()).stream()
                .map(each -> {
                    Finding finding = each.finding();
                    return each.state().word() + (finding == null ? "" : " " + finding.word());
                })
                .toList();
    }

    /** Posted and pending credits of the merchant's wallet: {@code 1000+0}. */
    String wallet() {
        return balance(BookAccounts.wallet(merchant, spec, Asset.USDC));
    }

    /** What the merchant owes: {@code 0+0}, or below zero. */
    String owed() {
        return balance(BookAccounts.owed(merchant, spec, Asset.USDC));
    }

    String unclaimed() {
        return balance(BookAccounts.unclaimed(spec, Asset.USDC));
    }

    String balance(String path) {
        Account account = ledger().account(partner.book(), AccountPath.of(path)).orElseThrow();
        return account.balance() + "+" + account.pendingCredits();
    }

    /** Every row of the wallet's history, oldest first: {@code PEND 1000}. */
    List<String> walletHistory() {
        var path = AccountPath.of(BookAccounts.wallet(merchant, spec, Asset.USDC));
        return ledger().statement(partner.book(), path, null, 100).items().reversed().stream()
                .map(Scene::words)
                .toList();
    }

    private static String words(StatementLine line) {
        return line.transfer().kind() + " " + line.transfer().amount();
    }

    Ledger ledger() {
        return bursar.bean(Books.class).ledger();
    }

    /** How many payment.verified events tell of a request. */
    long verifiedEvents(PaymentRequest request) {
        return events(request).stream()
                .filter(event -> event.startsWith("payment.verified"))
                .count();
    }

    /** What partners are told of a request, oldest first: {@code payment.verified fast}. */
    List<String> events(PaymentRequest request) {
        return payloads(request).stream()
                .map(payload -> payload.path("type").asString() + " "
                        + payload.path("data").path("finality").asString())
                .toList();
    }

    /** The data of the event that tells of a request last. */
    Map<String, String> lastEvent(PaymentRequest request) {
        var data = new HashMap<String, String>();
        payloads(request).getLast().path("data").forEachEntry((name, value) -> data.put(name, value.asString()));
        return data;
    }

    private List<JsonNode> payloads(PaymentRequest request) {
        return bursar.sql()
                .sql("SELECT payload FROM outbox.event WHERE subject = :subject ORDER BY id")
                .param("subject", request.id().subject())
                .query((row, _) -> JsonMapper.shared().readTree(row.getString(1)))
                .list();
    }

    long partnersOf(Finality tier) {
        return bursar.sql()
                .sql("SELECT count(*) FROM stablecoin.partner WHERE tier = :tier AND chain_id = :chain")
                .param("tier", tier.name())
                .param("chain", spec.id())
                .query(Long.class)
                .single();
    }

    boolean balanced() {
        return ledger().trialBalance(partner.book()).stream().allMatch(each -> each.balanced());
    }

    static TxHash hash() {
        return TxHash.of("0x" + HexFormat.of().formatHex(random(32)));
    }

    static Address address() {
        return Address.of("0x" + HexFormat.of().formatHex(random(20)));
    }

    static UUID id() {
        return UUID.randomUUID();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
