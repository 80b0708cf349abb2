package io.bursar.sandbox.anvil;

import java.math.BigInteger;
import java.util.Map;

/** A customer: anvil itself signs, so nothing of Bursar takes part in paying Bursar. */
public final class AnvilWallet {

    /** Fixed, so that a transaction that will revert is mined instead of refused by gas estimation. */
    private static final long GAS = 1_000_000;

    private final Anvil anvil;
    private final String address;

    AnvilWallet(Anvil anvil, String address) {
        this.anvil = anvil;
        this.address = address;
    }

    public String address() {
        return address;
    }

    /** Pays tokens and waits until mined; reverts when the balance does not suffice. Returns the hash. */
    public String pay(String token, String to, long atomic) {
        return transact(token, transferCall(to, atomic));
    }

    /** Pays and does not wait: for tests with mining switched off. */
    public String submitPayment(String token, String to, long atomic) {
        return submit(token, transferCall(to, atomic));
    }

    public String transact(String to, String data) {
        var hash = submit(to, data);
        anvil.minedReceipt(hash);
        return hash;
    }

    public String submit(String to, String data) {
        return anvil.call("eth_sendTransaction", Map.of("from", address, "to", to, "data", data, "gas", Anvil.hex(GAS)))
                .stringValue();
    }

    /** Deploys a contract and returns its address. */
    public String deploy(String creationCode) {
        var hash = anvil.call(
                        "eth_sendTransaction", Map.of("from", address, "data", creationCode, "gas", Anvil.hex(GAS * 5)))
                .stringValue();
        return anvil.minedReceipt(hash).get("contractAddress").stringValue();
    }

    public String sendNativeCoin(String to, BigInteger wei) {
        var hash = anvil.call(
                        "eth_sendTransaction", Map.of("from", address, "to", to, "value", "0x" + wei.toString(16)))
                .stringValue();
        anvil.minedReceipt(hash);
        return hash;
    }

    private static String transferCall(String to, long atomic) {
        return Abi.call("transfer(address,uint256)", Abi.word(to), Abi.word(BigInteger.valueOf(atomic)));
    }
}
