package io.bursar.stablecoin;

import io.bursar.identity.Portal;
import io.bursar.identity.Principal;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Merchants sign in with a code by mail, each at its partner. Those who were disabled are out at once. */
@Component
public class MerchantPortal implements Portal {
    public static final String NAME = "merchant";

    private final MerchantStore merchants;
    private final PartnerStore partners;

    MerchantPortal(MerchantStore merchants, PartnerStore partners) {
        this.merchants = merchants;
        this.partners = partners;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Holder> byEmail(UUID tenant, String email) {
        PartnerId partnerId = new PartnerId(tenant);
        return partners.find(partnerId)
                .flatMap(partner -> merchants
                        .byEmail(partnerId, email)
                        .filter(MerchantPortal::mayComeIn)
                        .map(merchant -> new Holder(merchant.id().value(), partner.name())));
    }

    @Override
    public Optional<Principal> caller(UUID holder) {
        return merchants
                .findOfAnyPartner(new MerchantId(holder))
                .filter(MerchantPortal::mayComeIn)
                .map(merchant -> new Principal.Merchant(
                        merchant.partnerId().value(), merchant.id().value(), merchant.title()));
    }

    private static boolean mayComeIn(Merchant merchant) {
        return merchant.status() == MerchantStatus.ACCEPTED && merchant.email() != null;
    }
}
