package io.bursar.stablecoin;

import io.bursar.audit.Audit;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import io.bursar.stablecoin.evm.Address;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The other end of an invitation: what its link shows, and accepting it, which gives the merchant a wallet. */
@Component
public class Invites {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final InviteStore store;
    private final MerchantStore merchants;
    private final PartnerStore partners;
    private final PartnerBooks books;
    private final EmbeddedWallets wallets;
    private final Secrets secrets;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Invites(
            InviteStore store,
            MerchantStore merchants,
            PartnerStore partners,
            PartnerBooks books,
            EmbeddedWallets wallets,
            Secrets secrets,
            Audit audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.store = store;
        this.merchants = merchants;
        this.partners = partners;
        this.books = books;
        this.wallets = wallets;
        this.secrets = secrets;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Acceptance look(String token) {
        return invite(token).map(this::judge).orElseGet(Acceptance.Unknown::new);
    }

    /** The merchant's accounts are opened first, because the ledger opens in transactions of its own. */
    public Acceptance accept(String token) {
        Optional<InviteStore.Invite> invite = invite(token);
        if (invite.isEmpty()) {
            return new Acceptance.Unknown();
        }
        Acceptance found = judge(invite.get());
        if (!(found instanceof Acceptance.Open open)) {
            return found;
        }
        books.openMerchant(open.partner(), open.merchant().id(), actor(open.merchant()));
        boolean first =
                Boolean.TRUE.equals(transactions.execute(status -> accept(invite.get(), open.merchant(), status)));
        return first
                ? new Acceptance.Accepted(
                        open.partner(),
                        merchants
                                .find(open.partner().id(), open.merchant().id())
                                .orElseThrow())
                : look(token);
    }

    private Optional<InviteStore.Invite> invite(String token) {
        return TOKEN.matcher(token).matches()
                ? store.find(secrets.digest(Merchants.TOKEN_DIGEST, token))
                : Optional.empty();
    }

    private Acceptance judge(InviteStore.Invite invite) {
        Merchant merchant = merchants.findOfAnyPartner(invite.merchant()).orElseThrow();
        @Nullable Instant acceptedAt = invite.acceptedAt();
        if (acceptedAt != null) {
            return new Acceptance.Used(acceptedAt);
        }
        if (invite.supersededAt() != null) {
            return new Acceptance.Superseded();
        }
        if (merchant.status() != MerchantStatus.INVITED) {
            return new Acceptance.Withdrawn();
        }
        if (!invite.expiresAt().isAfter(clock.instant())) {
            return new Acceptance.Expired(invite.expiresAt());
        }
        Partner partner = partners.find(merchant.partnerId()).orElseThrow();
        return new Acceptance.Open(partner, merchant, invite.expiresAt());
    }

    /** The row of the invitation decides who is first: whoever comes second finds it accepted. */
    private boolean accept(InviteStore.Invite invite, Merchant merchant, TransactionStatus transaction) {
        if (!store.accept(invite.id(), clock.instant())) {
            return false;
        }
        int account = wallets.nextAccount();
        Address wallet = wallets.merchantWallet(account);
        if (!merchants.accept(merchant.id(), account, wallet, clock.instant())) {
            transaction.setRollbackOnly();
            return false;
        }
        audit.record(
                actor(merchant),
                "merchant.accepted",
                merchant.id().subject(),
                Map.of("status", MerchantStatus.INVITED.word()),
                Map.of("status", MerchantStatus.ACCEPTED.word(), "wallet", wallet.checksummed()),
                null);
        return true;
    }

    private static Actor actor(Merchant merchant) {
        return new Actor(Actor.Kind.MERCHANT, merchant.id().value().toString());
    }
}
