package io.bursar.stablecoin;

import io.bursar.platform.PersonalData;
import java.util.List;
import org.springframework.stereotype.Component;

/** Merchants have a name and an address; money and history stay without them. */
@Component
class MerchantNames implements PersonalData {
    private final MerchantStore store;

    MerchantNames(MerchantStore store) {
        this.store = store;
    }

    @Override
    public List<Held> of(String email) {
        return store.withEmail(email).stream()
                .map(merchant -> new Held(
                        merchant.id().subject(),
                        "Merchant " + merchant.id().text() + ": name and address; they can sign in no more",
                        merchant.title(),
                        ""))
                .toList();
    }

    @Override
    public void erase(String email) {
        store.eraseProfiles(email);
    }
}
