package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Balances, nonces and contracts after some block. Follows from the transactions alone, so it is never stored. */
final class WorldState {
    private final Map<Address, BigInteger> balances = new HashMap<>();
    private final Map<Address, Long> nonces = new HashMap<>();
    private final Map<Address, TokenContract> tokens = new HashMap<>();

    /** A funded dev wallet pays and a faucet, which owns every token, gives. */
    static WorldState genesis(long chainId, List<TokenSpec> tokens) {
        var state = new WorldState();
        var faucet = DevWallets.FAUCET.address();
        var payer = DevWallets.PAYER.address();
        state.balances.put(faucet, DevWallets.FAUCET_WEI);
        state.balances.put(payer, DevWallets.PAYER_WEI);
        for (var spec : tokens) {
            var token = new TokenContract(spec, chainId, faucet);
            token.mint(faucet, payer, DevWallets.PAYER_TOKEN_UNITS);
            state.tokens.put(spec.address(), token);
        }
        return state;
    }

    BigInteger balance(Address account) {
        return balances.getOrDefault(account, BigInteger.ZERO);
    }

    long nonce(Address account) {
        return nonces.getOrDefault(account, 0L);
    }

    Optional<TokenContract> token(@Nullable Address address) {
        return Optional.ofNullable(address == null ? null : tokens.get(address));
    }

    boolean takes(Transaction transaction) {
        return transaction.nonce() == nonce(transaction.from())
                && balance(transaction.from()).compareTo(transaction.costMax()) >= 0;
    }

    /** Executes in order, leaving out what this state does not take. */
    List<Mined> execute(List<Transaction> transactions, long timestamp) {
        var mined = new ArrayList<Mined>();
        long gas = 0;
        int logs = 0;
        for (var transaction : transactions) {
            if (takes(transaction)) {
                var next = execute(transaction, timestamp, mined.size(), logs, gas);
                mined.add(next);
                gas = next.cumulativeGasUsed();
                logs += next.events().size();
            }
        }
        return List.copyOf(mined);
    }

    /** A call that changes nothing: a changing one runs against a copy of the contract. */
    String call(Address sender, @Nullable Address to, String data, long timestamp) {
        return token(to)
                .map(token -> new TokenContract(token)
                        .execute(sender, data, timestamp)
                        .output())
                .orElse("0x");
    }

    private Mined execute(Transaction transaction, long timestamp, int index, int logsBefore, long gasBefore) {
        var from = transaction.from();
        var token = token(transaction.to());
        long needed = Gas.needed(token.orElse(null), transaction.input());
        long used = Math.min(needed, transaction.gasLimit());
        var price = transaction.gasPrice(Gas.BASE_FEE_WEI);
        nonces.put(from, transaction.nonce() + 1);
        balances.merge(from, price.multiply(BigInteger.valueOf(used)).negate(), BigInteger::add);
        try {
            var events = needed > transaction.gasLimit() ? outOfGas() : apply(transaction, token, timestamp);
            return new Mined(transaction, true, used, price, events, index, logsBefore, gasBefore + used);
        } catch (RevertException reverted) {
            return new Mined(transaction, false, used, price, List.of(), index, logsBefore, gasBefore + used);
        }
    }

    private List<Event> apply(Transaction transaction, Optional<TokenContract> token, long timestamp) {
        if (token.isPresent()) {
            if (transaction.value().signum() > 0) {
                throw new RevertException("the token takes no native coin");
            }
            return token.get()
                    .execute(transaction.from(), transaction.input(), timestamp)
                    .events();
        }
        if (transaction.to() == null) {
            throw new RevertException("the stand-in deploys no contracts");
        }
        balances.merge(transaction.from(), transaction.value().negate(), BigInteger::add);
        balances.merge(transaction.to(), transaction.value(), BigInteger::add);
        return List.of();
    }

    private static List<Event> outOfGas() {
        throw new RevertException("out of gas");
    }
}
