package io.bursar.sandbox.evm;

import static io.bursar.sandbox.evm.NodeFixture.ALICE;
import static io.bursar.sandbox.evm.NodeFixture.ALICE_ADDRESS;
import static io.bursar.sandbox.evm.NodeFixture.SHOP;
import static io.bursar.sandbox.evm.NodeFixture.USDC;
import static io.bursar.sandbox.evm.NodeFixture.signed;
import static io.bursar.sandbox.evm.NodeFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.Web;
import io.bursar.sandbox.http.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

class EvmTransactionTest {
    private static final String NONCE = "0x" + "7".repeat(64);

    @TempDir
    Path directory;

    private NodeFixture chain;

    @BeforeEach
    void start() {
        chain = new NodeFixture(directory);
        chain.fundAlice();
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    @Test
    void a_transaction_signed_by_web3j_is_mined_and_charged() {
        var before = nativeBalance();
        var hash = send(signed(0, USDC, transfer(SHOP, 1_000_000)));
        chain.node.mine(1);
        var receipt = chain.receipt(hash);
        assertThat(receipt.path("status").asString()).isEqualTo("0x1");
        assertThat(receipt.path("from").asString()).isEqualTo(ALICE_ADDRESS.hex());
        assertThat(chain.balance(SHOP)).isEqualTo(1_000_000);
        var gas = Numeric.toBigInt(receipt.path("gasUsed").asString())
                .multiply(Numeric.toBigInt(receipt.path("effectiveGasPrice").asString()));
        assertThat(nativeBalance()).isEqualTo(before.subtract(gas));
    }

    @Test
    void a_legacy_transaction_is_taken_as_well() {
        var legacy = RawTransaction.createTransaction(
                BigInteger.ZERO,
                BigInteger.valueOf(20_000_000),
                BigInteger.valueOf(100_000),
                USDC.hex(),
                transfer(SHOP, 7));
        var hash = send(Numeric.toHexString(TransactionEncoder.signMessage(legacy, NodeFixture.BASE, ALICE)));
        chain.node.mine(1);
        assertThat(chain.receipt(hash).path("status").asString()).isEqualTo("0x1");
        assertThat(chain.call("eth_getTransactionByHash", hash.hex())
                        .path("from")
                        .asString())
                .isEqualTo(ALICE_ADDRESS.hex());
    }

    @Test
    void wrong_nonces_wrong_chains_and_repeats_are_refused() {
        assertThat(refused(signed(1, USDC, transfer(SHOP, 1)))).startsWith("nonce too high");
        assertThat(refused(signed(1, 0, USDC, transfer(SHOP, 1)))).startsWith("invalid chain id");
        assertThat(refused("0x02f8")).startsWith("rlp");
        var raw = signed(0, USDC, transfer(SHOP, 1));
        send(raw);
        assertThat(refused(raw)).isEqualTo("already known");
        assertThat(refused(signed(0, USDC, transfer(SHOP, 2)))).startsWith("replacement transaction underpriced");
        assertThat(chain.call("eth_getTransactionCount", ALICE_ADDRESS.hex(), "pending")
                        .asString())
                .isEqualTo("0x1");
        chain.node.mine(1);
        assertThat(refused(raw)).isEqualTo("already known");
        assertThat(refused(signed(0, USDC, transfer(SHOP, 2)))).startsWith("nonce too low");
    }

    @Test
    void more_than_the_balance_reverts_and_leaves_no_log() {
        var hash = send(signed(0, USDC, transfer(SHOP, 50_000_001)));
        chain.node.mine(1);
        var receipt = chain.receipt(hash);
        assertThat(receipt.path("status").asString()).isEqualTo("0x0");
        assertThat(receipt.path("logs").size()).isZero();
        assertThat(chain.balance(SHOP)).isZero();
        var call = Json.object()
                .put("from", ALICE_ADDRESS.hex())
                .put("to", USDC.hex())
                .put("data", transfer(SHOP, 50_000_001));
        var refusal = chain.refusal("eth_estimateGas", call);
        assertThat(refusal.path("code").asInt()).isEqualTo(3);
        assertThat(refusal.path("message").asString()).contains("transfer amount exceeds balance");
    }

    @Test
    void an_approved_spender_moves_no_more_than_allowed() {
        var spender = DevWallets.PAYER.address();
        send(signed(0, USDC, "0x095ea7b3" + Words.of(spender) + Words.of(BigInteger.TEN)));
        chain.node.mine(1);
        assertThat(chain.read("0xdd62ed3e" + Words.of(ALICE_ADDRESS) + Words.of(spender))
                        .asString())
                .endsWith("0a");
        var call = Json.object().put("from", spender.hex()).put("to", USDC.hex());
        var move = "0x23b872dd" + Words.of(ALICE_ADDRESS) + Words.of(SHOP);
        chain.call("eth_call", call.put("data", move + Words.of(BigInteger.TEN)), "latest");
        assertThat(chain.refusal("eth_call", call.put("data", move + Words.of(BigInteger.valueOf(11))), "latest")
                        .path("message")
                        .asString())
                .contains("allowance");
        assertThat(chain.balance(SHOP)).isZero();
    }

    @Test
    void an_authorization_signed_as_typed_data_moves_money_once() throws IOException {
        var call = authorizedTransfer(5_000_000);
        chain.node.mine(1);
        var relayed = relay(call);
        chain.node.mine(1);
        var receipt = chain.receipt(relayed);
        assertThat(receipt.path("status").asString()).isEqualTo("0x1");
        assertThat(receipt.path("logs").path(0).path("topics").path(0).asString())
                .isEqualTo("0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5");
        assertThat(chain.balance(SHOP)).isEqualTo(5_000_000);
        assertThat(chain.read("0xe94a0102" + Words.of(ALICE_ADDRESS) + NONCE.substring(2))
                        .asString())
                .endsWith("01");

        var again = relay(call);
        chain.node.mine(1);
        assertThat(chain.receipt(again).path("status").asString()).isEqualTo("0x0");
    }

    @Test
    void a_forged_authorization_is_refused() throws IOException {
        var forged = authorizedTransfer(5_000_000).replace(Words.of(SHOP), Words.of(USDC));
        var call = Json.object().put("to", USDC.hex()).put("data", forged);
        assertThat(chain.refusal("eth_call", call, "latest").path("message").asString())
                .contains("invalid signature");
    }

    @Test
    void a_paused_token_and_a_blacklisted_account_move_nothing() {
        chain.node.mine(1);
        govern("{\"token\":\"" + USDC + "\",\"blacklist\":\"" + SHOP + "\"}");
        var hash = chain.pay(1);
        chain.node.mine(1);
        assertThat(chain.receipt(hash).path("status").asString()).isEqualTo("0x0");
        govern("{\"token\":\"" + USDC + "\",\"unblacklist\":\"" + SHOP + "\"}");
        govern("{\"token\":\"" + USDC + "\",\"pause\":true}");
        assertThat(chain.read("0x5c975abb").asString()).endsWith("01");
    }

    private void govern(String switches) {
        assertThat(Web.post(chain.node.url() + "/sandbox/token", switches).statusCode())
                .isEqualTo(200);
        chain.node.mine(1);
    }

    private Hash32 relay(String call) {
        long nonce = Numeric.toBigInt(chain.call("eth_getTransactionCount", ALICE_ADDRESS.hex(), "latest")
                        .asString())
                .longValueExact();
        return send(signed(nonce, USDC, call));
    }

    private Hash32 send(String raw) {
        return Hash32.of(chain.call("eth_sendRawTransaction", raw).asString());
    }

    private String refused(String raw) {
        return chain.refusal("eth_sendRawTransaction", raw).path("message").asString();
    }

    private BigInteger nativeBalance() {
        return Numeric.toBigInt(
                chain.call("eth_getBalance", ALICE_ADDRESS.hex(), "latest").asString());
    }

    /** web3j's own EIP-712 encoder signs, so that the stand-in's digest is checked by a stranger. */
    private String authorizedTransfer(long units) throws IOException {
        var validBefore = chain.clock.instant().getEpochSecond() + 3600;
        var typed = """
                {"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
                {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
                "TransferWithAuthorization":[{"name":"from","type":"address"},{"name":"to","type":"address"},
                {"name":"value","type":"uint256"},{"name":"validAfter","type":"uint256"},
                {"name":"validBefore","type":"uint256"},{"name":"nonce","type":"bytes32"}]},
                "primaryType":"TransferWithAuthorization","domain":{"name":"USD Coin","version":"2","chainId":8453,
                "verifyingContract":"%s"},"message":{"from":"%s","to":"%s","value":%d,"validAfter":0,
                "validBefore":%d,"nonce":"%s"}}
                """.formatted(USDC, ALICE_ADDRESS, SHOP, units, validBefore, NONCE);
        var signature = Sign.signTypedData(typed, ALICE.getEcKeyPair());
        return "0xe3ee160e" + Words.of(ALICE_ADDRESS) + Words.of(SHOP) + Words.of(BigInteger.valueOf(units))
                + Words.of(BigInteger.ZERO) + Words.of(BigInteger.valueOf(validBefore)) + NONCE.substring(2)
                + Words.of(Numeric.toBigInt(signature.getV()))
                + Numeric.toHexStringNoPrefix(signature.getR())
                + Numeric.toHexStringNoPrefix(signature.getS());
    }
}
