package io.bursar.sandbox.anvil;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Our token must behave as Circle's where tests rely on it; a token that is too kind would prove nothing. */
class TestUsdcTest {

    private static final long BASE = 8453;
    private static final String RECIPIENT = "0x00000000000000000000000000000000000d3b05";
    private static final String SUCCEEDED = "0x1";
    private static final String REVERTED = "0x0";

    private Anvil anvil;
    private TestUsdc usdc;
    private AnvilWallet owner;
    private AnvilWallet relayer;

    @BeforeEach
    void startChain() {
        anvil = Anvil.start(BASE);
        usdc = TestUsdc.onBase(anvil);
        owner = anvil.wallet(0);
        relayer = anvil.wallet(1);
        usdc.mint(owner.address(), 1_000);
    }

    @AfterEach
    void stopChain() {
        anvil.close();
    }

    @Test
    void a_transfer_moves_the_balance() {
        assertThat(status(owner.pay(usdc.address(), RECIPIENT, 400))).isEqualTo(SUCCEEDED);

        assertThat(usdc.balanceOf(owner.address())).isEqualTo(600);
        assertThat(usdc.balanceOf(RECIPIENT)).isEqualTo(400);
    }

    @Test
    void more_than_the_balance_a_pause_and_a_blacklist_each_revert() {
        assertThat(status(owner.pay(usdc.address(), RECIPIENT, 1_001))).isEqualTo(REVERTED);

        usdc.pause(true);
        assertThat(status(owner.pay(usdc.address(), RECIPIENT, 1))).isEqualTo(REVERTED);
        usdc.pause(false);

        usdc.blacklist(RECIPIENT, true);
        assertThat(status(owner.pay(usdc.address(), RECIPIENT, 1))).isEqualTo(REVERTED);
        assertThat(usdc.balanceOf(RECIPIENT)).isZero();
    }

    @Test
    void an_allowance_is_used_up() {
        var batch = Batch.deploy(anvil);
        batch.payFromCaller(owner, usdc, List.of(new Batch.Payment(RECIPIENT, 10)));
        var again = owner.transact(
                usdc.address(),
                Abi.call(
                        "transferFrom(address,address,uint256)",
                        Abi.word(owner.address()),
                        Abi.word(RECIPIENT),
                        Abi.word(BigInteger.ONE)));

        assertThat(usdc.balanceOf(RECIPIENT)).isEqualTo(10);
        assertThat(status(again)).isEqualTo(REVERTED);
    }

    @Test
    void what_the_owner_signed_moves_once_and_another_pays_the_gas() {
        var authorization = authorization(250, ownersKey());

        assertThat(status(relayer.transact(usdc.address(), authorization))).isEqualTo(SUCCEEDED);
        assertThat(status(relayer.transact(usdc.address(), authorization))).isEqualTo(REVERTED);

        assertThat(usdc.balanceOf(RECIPIENT)).isEqualTo(250);
    }

    @Test
    void an_authorization_signed_by_another_moves_nothing() {
        var forged = authorization(250, ECKeyPair.create(BigInteger.TWO));

        assertThat(status(relayer.transact(usdc.address(), forged))).isEqualTo(REVERTED);
    }

    /** EIP-3009, encoded and signed here by hand so that it can be held against what Bursar will sign. */
    private String authorization(long value, ECKeyPair signer) {
        var nonce = "5a".repeat(32);
        var terms = Abi.word(owner.address())
                + Abi.word(RECIPIENT)
                + Abi.word(BigInteger.valueOf(value))
                + Abi.word(BigInteger.ZERO)
                + Abi.word(BigInteger.TWO.pow(40))
                + nonce;
        var type = "TransferWithAuthorization(address from,address to,uint256 value,"
                + "uint256 validAfter,uint256 validBefore,bytes32 nonce)";
        var message = keccak(Hash.sha3String(type).substring(2) + terms);
        var domain = keccak(
                Hash.sha3String("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
                                .substring(2)
                        + Hash.sha3String("USD Coin").substring(2)
                        + Hash.sha3String("2").substring(2)
                        + Abi.word(BigInteger.valueOf(BASE))
                        + Abi.word(usdc.address()));
        var digest = Numeric.hexStringToByteArray(keccak("1901" + domain + message));
        var signature = Sign.signMessage(digest, signer, false);
        return Abi.call(
                "transferWithAuthorization" + "(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)",
                terms,
                Abi.word(new BigInteger(1, signature.getV())),
                Numeric.toHexStringNoPrefix(signature.getR()),
                Numeric.toHexStringNoPrefix(signature.getS()));
    }

    private static String keccak(String hex) {
        return Hash.sha3("0x" + hex).substring(2);
    }

    /** Anvil's accounts come from this mnemonic. */
    private static ECKeyPair ownersKey() {
        var words = "test ".repeat(11) + "junk";
        var root = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(words, ""));
        var hardened = Bip32ECKeyPair.HARDENED_BIT;
        return Bip32ECKeyPair.deriveKeyPair(root, new int[] {44 | hardened, 60 | hardened, hardened, 0, 0});
    }

    private String status(String hash) {
        return anvil.minedReceipt(hash).get("status").stringValue();
    }
}
