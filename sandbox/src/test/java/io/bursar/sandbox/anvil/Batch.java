package io.bursar.sandbox.anvil;

import java.math.BigInteger;
import java.util.List;

/** The contract that pays several recipients in one transaction. */
public final class Batch {

    private final String address;

    private Batch(String address) {
        this.address = address;
    }

    public record Payment(String to, long atomic) {}

    public static Batch deploy(Anvil anvil) {
        return new Batch(anvil.wallet(8).deploy(Solidity.BATCH.creationCode()));
    }

    public String address() {
        return address;
    }

    /** One transaction with one Transfer per payment, from the caller's own balance. */
    public String payFromCaller(AnvilWallet caller, TestUsdc token, List<Payment> payments) {
        var total = payments.stream().mapToLong(Payment::atomic).sum();
        token.approve(caller, address, total);
        return caller.transact(address, call("payFromCaller", token, payments));
    }

    /** The same from what the contract holds: the sender in the Transfers is the contract. */
    public String payFromHoldings(AnvilWallet caller, TestUsdc token, List<Payment> payments) {
        return caller.transact(address, call("payFromHoldings", token, payments));
    }

    private static String call(String function, TestUsdc token, List<Payment> payments) {
        var recipients =
                payments.stream().map(payment -> Abi.word(payment.to())).toList();
        var values = payments.stream()
                .map(payment -> Abi.word(BigInteger.valueOf(payment.atomic())))
                .toList();
        return Abi.call(
                function + "(address,address[],uint256[])",
                Abi.word(token.address()),
                Abi.offset(3),
                Abi.offset(3 + 1 + payments.size()),
                Abi.words(recipients),
                Abi.words(values));
    }
}
