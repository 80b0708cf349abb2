package io.bursar.sandbox.anvil;

import java.math.BigInteger;
import java.util.Map;

/** Our ERC-20 on an anvil, at whatever address the test wants, such as Circle's. */
public final class TestUsdc {

    public static final String USDC_ON_BASE = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";

    /** The bridged look-alike that is refused. */
    public static final String USDBC_ON_BASE = "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA";

    /**
     * 52 bytes that log a Transfer of whatever they are called with (from, to, value as three words) and hold no
     * balances: for events that no honest token would write.
     */
    public static final String TRANSFER_STUB = "0x602060406000376020356000357f"
            + "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef60206000a300";

    private final Anvil anvil;
    private final AnvilWallet minter;
    private final String address;

    private TestUsdc(Anvil anvil, String address) {
        this.anvil = anvil;
        this.minter = anvil.wallet(9);
        this.address = address;
    }

    public static TestUsdc onBase(Anvil anvil) {
        return at(anvil, USDC_ON_BASE);
    }

    /** Places the code and mines a block over it, so that a reorg of what the test does next leaves the token there. */
    public static TestUsdc at(Anvil anvil, String address) {
        anvil.placeCode(address, Solidity.TEST_USDC.runtimeCode());
        anvil.mine(1);
        return new TestUsdc(anvil, address);
    }

    public String address() {
        return address;
    }

    public String mint(String to, long atomic) {
        return minter.transact(
                address, Abi.call("mint(address,uint256)", Abi.word(to), Abi.word(BigInteger.valueOf(atomic))));
    }

    public void pause(boolean paused) {
        minter.transact(address, Abi.call("setPaused(bool)", Abi.word(paused)));
    }

    public void blacklist(String account, boolean listed) {
        minter.transact(address, Abi.call("setBlacklisted(address,bool)", Abi.word(account), Abi.word(listed)));
    }

    public String approve(AnvilWallet owner, String spender, long atomic) {
        return owner.transact(
                address, Abi.call("approve(address,uint256)", Abi.word(spender), Abi.word(BigInteger.valueOf(atomic))));
    }

    public BigInteger balanceOf(String owner) {
        var call = Map.of("to", address, "data", Abi.call("balanceOf(address)", Abi.word(owner)));
        return Anvil.quantity(anvil.call("eth_call", call, "latest"));
    }
}
