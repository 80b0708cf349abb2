package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** Two wallets that exist on every stand-in chain and nowhere else, so their keys are no secret. */
final class DevWallets {
    static final DevWallet FAUCET = DevWallet.named("bursar sandbox faucet");
    static final DevWallet PAYER = DevWallet.named("bursar sandbox payer");
    static final BigInteger FAUCET_WEI = BigInteger.TEN.pow(30);
    static final BigInteger PAYER_WEI = BigInteger.TEN.pow(24);
    static final BigInteger PAYER_TOKEN_UNITS = BigInteger.TEN.pow(15);

    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(120_000);
    private static final BigInteger FEE_MAX_WEI = Gas.BASE_FEE_WEI.multiply(BigInteger.TWO);

    private final long chainId;
    private final Chain chain;
    private final ReentrantLock lock = new ReentrantLock();

    record DevWallet(Credentials credentials, Address address) {
        static DevWallet named(String name) {
            var credentials = Credentials.create(Words.keccakOfText(name).hex());
            return new DevWallet(credentials, Address.of(credentials.getAddress()));
        }

        @Override
        public String toString() {
            return address.hex();
        }
    }

    DevWallets(long chainId, Chain chain) {
        this.chainId = chainId;
        this.chain = chain;
    }

    Hash32 give(Address to, BigInteger wei) {
        return send(FAUCET, to, wei, "0x");
    }

    Hash32 mint(Address token, Address to, BigInteger amount) {
        return send(FAUCET, token, BigInteger.ZERO, "0x40c10f19" + Words.of(to) + Words.of(amount));
    }

    Hash32 pay(Address token, Address to, BigInteger amount) {
        return send(PAYER, token, BigInteger.ZERO, "0xa9059cbb" + Words.of(to) + Words.of(amount));
    }

    /** As the owner of the token: pause, unpause, blacklist, unBlacklist. */
    Hash32 govern(Address token, String signature, String words) {
        return send(FAUCET, token, BigInteger.ZERO, Words.selectorOf(signature) + words);
    }

    private Hash32 send(DevWallet wallet, Address to, BigInteger value, String data) {
        lock.lock();
        try {
            var unsigned = RawTransaction.createTransaction(
                    chainId,
                    BigInteger.valueOf(chain.pendingNonce(wallet.address())),
                    GAS_LIMIT,
                    to.hex(),
                    value,
                    data,
                    Gas.TIP_WEI,
                    FEE_MAX_WEI);
            byte[] signed = TransactionEncoder.signMessage(unsigned, wallet.credentials());
            return chain.submit(Transaction.decode(Numeric.toHexString(signed)));
        } finally {
            lock.unlock();
        }
    }
}
