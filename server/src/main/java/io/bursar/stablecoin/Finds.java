package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Address;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds partners and merchants by whatever an operator has in hand. */
@Component
public class Finds {
    private final PartnerStore partners;
    private final MerchantStore merchants;

    Finds(PartnerStore partners, MerchantStore merchants) {
        this.partners = partners;
        this.merchants = merchants;
    }

    /** By id or a part of name or slug. */
    public List<Partner> partners(String query, int limit) {
        Optional<PartnerId> id = PartnerId.parse(query);
        return id.isPresent()
                ? id.flatMap(partners::find).stream().toList()
                : partners.matching(LikePattern.containing(query), limit);
    }

    /** By id, wallet address, e-mail address or a part of the name. */
    public List<Merchant> merchants(String query, int limit) {
        Optional<MerchantId> id = MerchantId.parse(query);
        Optional<Address> wallet = Address.parse(query);
        if (id.isPresent() || wallet.isPresent()) {
            return Stream.concat(
                            id.flatMap(merchants::findOfAnyPartner).stream(),
                            wallet.flatMap(merchants::byWallet).stream())
                    .toList();
        }
        return merchants.matching(query.toLowerCase(Locale.ROOT), LikePattern.containing(query), limit);
    }
}
