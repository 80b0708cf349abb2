package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transactions that wait for a block, in order of arrival; guarded by the chain's lock. */
final class Mempool {
    private static final int WAITING_MAX = 20_000;
    private static final BigInteger BUMP_PERCENT = BigInteger.valueOf(110);
    private static final BigInteger PERCENT = BigInteger.valueOf(100);

    private final Map<Hash32, Transaction> waiting = new LinkedHashMap<>();

    void add(Transaction transaction, WorldState state, long chainId) {
        requireWellFormed(transaction, chainId);
        if (waiting.containsKey(transaction.hash())) {
            throw RpcException.refused("already known");
        }
        if (transaction.nonce() < state.nonce(transaction.from())) {
            throw RpcException.refused("nonce too low: next nonce " + state.nonce(transaction.from()) + ", tx nonce "
                    + transaction.nonce());
        }
        if (transaction.nonce() > nextNonce(transaction.from(), state)) {
            throw RpcException.refused("nonce too high: next nonce " + nextNonce(transaction.from(), state)
                    + ", tx nonce " + transaction.nonce());
        }
        if (state.balance(transaction.from()).compareTo(transaction.costMax()) < 0) {
            throw RpcException.refused("insufficient funds for gas * price + value: balance "
                    + state.balance(transaction.from()) + ", tx cost " + transaction.costMax());
        }
        replaced(transaction).ifPresent(old -> waiting.remove(old.hash()));
        if (waiting.size() >= WAITING_MAX) {
            throw RpcException.refused("txpool is full");
        }
        waiting.put(transaction.hash(), transaction);
    }

    long nextNonce(Address sender, WorldState state) {
        long next = state.nonce(sender);
        for (var transaction : waiting.values()) {
            if (transaction.from().equals(sender)) {
                next = Math.max(next, transaction.nonce() + 1);
            }
        }
        return next;
    }

    Optional<Transaction> find(Hash32 hash) {
        return Optional.ofNullable(waiting.get(hash));
    }

    /** What pays the base fee; the rest goes on waiting, as on a real chain. */
    List<Transaction> payingAtLeast(BigInteger baseFee, int limit) {
        return waiting.values().stream()
                .filter(transaction -> transaction.feeMax().compareTo(baseFee) >= 0)
                .limit(limit)
                .toList();
    }

    void forget(List<Mined> mined) {
        mined.forEach(done -> waiting.remove(done.transaction().hash()));
    }

    /** What a reorganisation or a replacement made impossible. */
    void dropStale(WorldState state) {
        new ArrayList<>(waiting.values())
                .stream()
                        .filter(transaction -> transaction.nonce() < state.nonce(transaction.from()))
                        .forEach(transaction -> waiting.remove(transaction.hash()));
    }

    private Optional<Transaction> replaced(Transaction transaction) {
        var old = waiting.values().stream()
                .filter(other -> other.from().equals(transaction.from()) && other.nonce() == transaction.nonce())
                .findAny();
        if (old.isPresent() && !bumps(old.get().feeMax(), transaction.feeMax())) {
            throw RpcException.refused("replacement transaction underpriced");
        }
        return old;
    }

    private static boolean bumps(BigInteger old, BigInteger replacement) {
        return replacement.multiply(PERCENT).compareTo(old.multiply(BUMP_PERCENT)) >= 0;
    }

    private static void requireWellFormed(Transaction transaction, long chainId) {
        if (transaction.chainId() != null && transaction.chainId() != chainId) {
            throw RpcException.refused(
                    "invalid chain id for signer: have " + transaction.chainId() + " want " + chainId);
        }
        if (transaction.to() == null) {
            throw RpcException.refused("contract creation is not supported by this stand-in");
        }
        if (transaction.tipMax().compareTo(transaction.feeMax()) > 0) {
            throw RpcException.refused("max priority fee per gas higher than max fee per gas");
        }
        if (transaction.gasLimit() > Gas.BLOCK_LIMIT) {
            throw RpcException.refused("exceeds block gas limit");
        }
        if (transaction.gasLimit() < Gas.needed(null, "0x")) {
            throw RpcException.refused("intrinsic gas too low: gas " + transaction.gasLimit());
        }
    }
}
