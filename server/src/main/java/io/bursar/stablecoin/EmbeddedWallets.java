package io.bursar.stablecoin;

import io.bursar.platform.Secrets;
import io.bursar.shared.Check;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.HdWallet;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The wallets whose keys Bursar holds. One sealed seed gives every merchant an account and every payment request an
 * address of its own below it.
 *
 * <p>The seed is made when Bursar first starts, after its settings were found good: made earlier, it could be sealed
 * under a key that is about to be refused.
 */
@Component
class EmbeddedWallets implements SmartLifecycle {
    private static final int SEED_BYTES = 32;
    private static final String SEALED_AT = StablecoinConfiguration.WALLET_SEED.context(1);
    private static final int MERCHANT_WALLET_INDEX = 0;

    private final WalletSeedStore store;
    private final Secrets secrets;
    private final Clock clock;
    private volatile @Nullable HdWallet wallet;

    EmbeddedWallets(WalletSeedStore store, Secrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** An account no merchant had before. */
    int nextAccount() {
        return store.nextAccount();
    }

    Address merchantWallet(int account) {
        return wallet().address(account, MERCHANT_WALLET_INDEX);
    }

    Address deposit(int account, int index) {
        Check.argument(index > MERCHANT_WALLET_INDEX, "address index: %s (expected: > 0)", index);
        return wallet().address(account, index);
    }

    @Override
    public void start() {
        if (store.sealed().isEmpty()) {
            store.insertIfAbsent(secrets.seal(SEALED_AT, secrets.randomBytes(SEED_BYTES)), clock.instant());
        }
        byte[] seed = secrets.open(SEALED_AT, store.sealed().orElseThrow());
        wallet = HdWallet.fromSeed(seed);
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public void stop() {
        wallet = null;
    }

    @Override
    public boolean isRunning() {
        return wallet != null;
    }

    /** Before the web server takes requests and before jobs run. */
    @Override
    public int getPhase() {
        return 0;
    }

    private HdWallet wallet() {
        HdWallet present = wallet;
        if (present == null) {
            throw new IllegalStateException("embedded wallets: not started");
        }
        return present;
    }
}
