package io.bursar.sandbox.anvil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.Erc20;
import io.bursar.stablecoin.evm.EvmLog;
import io.bursar.stablecoin.evm.EvmRpc;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.LogFilter;
import io.bursar.stablecoin.evm.Receipt;
import io.bursar.stablecoin.evm.RpcAnswer;
import io.bursar.stablecoin.evm.RpcFailure;
import io.bursar.stablecoin.evm.TokenAmount;
import io.bursar.stablecoin.evm.TokenProbe;
import io.bursar.stablecoin.evm.TxHash;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JSON-RPC client against a real node: what it reads of payments, reorgs, finality and broken endpoints. */
class EvmRpcOnAnvilTest {

    private static final long BASE = 8453;
    private static final String DEPOSIT = "0x00000000000000000000000000000000000d3b05";
    private static final String OTHER_DEPOSIT = "0x00000000000000000000000000000000000d3b06";
    private static final TxHash NEVER_SENT = TxHash.of("0x" + "ab".repeat(32));
    private static final BlockHash NO_BLOCK = BlockHash.of("0x" + "cd".repeat(32));

    private static HttpClient http;
    private Anvil anvil;
    private RpcProxy proxy;
    private TestUsdc usdc;
    private AnvilWallet customer;
    private EvmRpc rpc;

    @BeforeAll
    static void openClient() {
        http = EvmRpc.httpClient();
    }

    @AfterAll
    static void closeClient() {
        http.close();
    }

    @BeforeEach
    void startChain() {
        anvil = Anvil.start(BASE);
        proxy = RpcProxy.before(anvil);
        usdc = TestUsdc.onBase(anvil);
        customer = anvil.wallet(0);
        usdc.mint(customer.address(), 1_000_000_000);
        rpc = rpcOver(anvil.rpc());
    }

    @AfterEach
    void stopChain() {
        proxy.close();
        anvil.close();
    }

    @Test
    void a_payment_is_read_from_its_receipt_to_the_atom() {
        var hash = customer.pay(usdc.address(), DEPOSIT, 42_730_000);

        var receipt = receipt(hash);
        assertThat(receipt.succeeded()).isTrue();
        assertThat(Erc20.transfers(receipt))
                .containsExactly(new Erc20.OrdinalTransfer(
                        0,
                        new Erc20.Transfer(
                                Address.of(TestUsdc.USDC_ON_BASE),
                                Address.of(customer.address()),
                                Address.of(DEPOSIT),
                                new TokenAmount.Bookable(42_730_000))));
        assertThat(rpc.tokenBalance(Address.of(usdc.address()), Address.of(DEPOSIT)))
                .isEqualTo(new RpcAnswer.Answered<>(TokenAmount.of(BigInteger.valueOf(42_730_000))));
    }

    @Test
    void a_payment_the_token_refuses_has_a_failed_receipt_without_logs() {
        usdc.pause(true);

        var receipt = receipt(customer.pay(usdc.address(), DEPOSIT, 1));

        assertThat(receipt.succeeded()).isFalse();
        assertThat(receipt.logs()).isEmpty();
    }

    @Test
    void two_payments_in_one_transaction_have_their_own_ordinals() {
        var batch = Batch.deploy(anvil);
        usdc.mint(batch.address(), 100);

        var hash = batch.payFromHoldings(
                customer, usdc, List.of(new Batch.Payment(DEPOSIT, 30), new Batch.Payment(OTHER_DEPOSIT, 70)));

        assertThat(Erc20.transfers(receipt(hash)))
                .extracting(
                        Erc20.OrdinalTransfer::ordinal,
                        found -> found.transfer().to().hex())
                .containsExactly(tuple(0, DEPOSIT), tuple(1, OTHER_DEPOSIT));
    }

    @Test
    void a_batch_paid_by_allowance_names_the_payer_and_not_the_contract() {
        var batch = Batch.deploy(anvil);

        var hash = batch.payFromCaller(customer, usdc, List.of(new Batch.Payment(DEPOSIT, 5)));

        assertThat(Erc20.transfers(receipt(hash)))
                .extracting(found -> found.transfer().from())
                .containsExactly(Address.of(customer.address()));
    }

    @Test
    void an_unknown_hash_is_absent_and_a_waiting_one_is_pending() {
        anvil.mineAtOnce(false);
        var waiting = TxHash.of(customer.submitPayment(usdc.address(), DEPOSIT, 1));

        assertThat(rpc.receipt(NEVER_SENT)).isEqualTo(new RpcAnswer.Absent<Receipt>());
        assertThat(rpc.transaction(NEVER_SENT)).isInstanceOf(RpcAnswer.Absent.class);
        assertThat(rpc.receipt(waiting)).isEqualTo(new RpcAnswer.Absent<Receipt>());
        assertThat(answered(rpc.transaction(waiting)).isPending()).isTrue();

        anvil.mine(1);

        assertThat(answered(rpc.transaction(waiting)).isPending()).isFalse();
    }

    @Test
    void a_reorg_takes_the_receipt_away_and_changes_the_block_at_its_height() {
        var hash = TxHash.of(customer.pay(usdc.address(), DEPOSIT, 7));
        var before = receipt(hash.hex());

        anvil.reorg(1);

        assertThat(rpc.receipt(hash)).isEqualTo(new RpcAnswer.Absent<Receipt>());
        assertThat(rpc.block(before.blockHash())).isEqualTo(new RpcAnswer.Absent<BlockHeader>());
        assertThat(answered(rpc.block(before.blockNumber())).hash()).isNotEqualTo(before.blockHash());
    }

    @Test
    void a_payment_mined_again_in_another_block_keeps_its_hash_and_ordinal() {
        anvil.mine(2);
        var hash = customer.pay(usdc.address(), DEPOSIT, 7);
        var before = receipt(hash);

        anvil.reorgAndRemine(3, hash, 0);

        var after = receipt(hash);
        assertThat(after.blockNumber()).isNotEqualTo(before.blockNumber());
        assertThat(after.blockHash()).isNotEqualTo(before.blockHash());
        assertThat(Erc20.transfers(after)).isEqualTo(Erc20.transfers(before)).hasSize(1);
    }

    @Test
    void a_payment_is_safe_four_blocks_deep_and_final_eight_deep() {
        var mined = receipt(customer.pay(usdc.address(), DEPOSIT, 7)).blockNumber();

        anvil.mine(Anvil.SAFE_DEPTH);
        assertThat(answered(rpc.head(Finality.SAFE)).covers(mined)).isTrue();
        assertThat(answered(rpc.head(Finality.FINAL)).covers(mined)).isFalse();

        anvil.mine(Anvil.FINAL_DEPTH - Anvil.SAFE_DEPTH);
        var last = answered(rpc.head(Finality.FINAL));
        assertThat(last.covers(mined)).isTrue();
        assertThat(last.byBlockCount()).isFalse();
        assertThat(answered(rpc.head(Finality.FAST)).byBlockCount()).isTrue();
    }

    @Test
    void transfers_are_found_by_range_and_by_block_and_only_to_whom_they_were_asked_for() {
        anvil.mine(50);
        var ours = receipt(customer.pay(usdc.address(), DEPOSIT, 1));
        customer.pay(usdc.address(), "0x00000000000000000000000000000000000000aa", 2);
        anvil.mine(50);
        var alsoOurs = receipt(customer.pay(usdc.address(), OTHER_DEPOSIT, 3));
        var filter = new LogFilter(
                List.of(Address.of(usdc.address())), List.of(Address.of(DEPOSIT), Address.of(OTHER_DEPOSIT)));

        assertThat(answered(rpc.transferLogs(filter, 0, anvil.head())))
                .extracting(EvmLog::txHash)
                .containsExactly(ours.txHash(), alsoOurs.txHash());
        assertThat(answered(rpc.transferLogs(filter, ours.blockHash())))
                .extracting(EvmLog::txHash)
                .containsExactly(ours.txHash());
        assertThat(rpc.transferLogs(filter, NO_BLOCK)).isEqualTo(new RpcAnswer.Absent<List<EvmLog>>());
    }

    @Test
    void blocks_the_endpoint_has_not_seen_are_not_taken_for_empty() {
        var filter = new LogFilter(List.of(Address.of(usdc.address())), List.of(Address.of(DEPOSIT)));

        var answer = rpc.transferLogs(filter, 0, anvil.head() + 1);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        RpcAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.failure().kind()).isEqualTo(RpcFailure.Kind.BEHIND));
    }

    @Test
    void when_the_first_endpoint_is_down_the_second_answers_and_the_first_is_used_again_later() {
        var hash = TxHash.of(customer.pay(usdc.address(), DEPOSIT, 7));
        var both = rpcOver(proxy.rpc(), anvil.rpc());

        proxy.mode(RpcProxy.Mode.DOWN);
        assertThat(both.receipt(hash)).isInstanceOf(RpcAnswer.Answered.class);
        assertThat(both.health().getFirst().lastErrorCode()).isEqualTo("connection_lost");

        proxy.mode(RpcProxy.Mode.UP);
        assertThat(both.receipt(hash)).isInstanceOf(RpcAnswer.Answered.class);
    }

    @Test
    void a_chain_that_is_down_is_unavailable_and_never_absent_and_comes_back() {
        var hash = TxHash.of(customer.pay(usdc.address(), DEPOSIT, 7));
        var alone = rpcOver(proxy.rpc());

        for (var mode : List.of(
                RpcProxy.Mode.DOWN, RpcProxy.Mode.SERVER_ERROR, RpcProxy.Mode.RATE_LIMITED, RpcProxy.Mode.GARBAGE)) {
            proxy.mode(mode);
            assertThat(alone.receipt(hash)).as(mode.name()).isInstanceOf(RpcAnswer.Unavailable.class);
            assertThat(alone.receipt(NEVER_SENT)).as(mode.name()).isInstanceOf(RpcAnswer.Unavailable.class);
        }

        proxy.mode(RpcProxy.Mode.UP);
        assertThat(alone.receipt(hash)).isInstanceOf(RpcAnswer.Answered.class);
        assertThat(alone.receipt(NEVER_SENT)).isInstanceOf(RpcAnswer.Absent.class);
    }

    @Test
    void the_token_is_recognised_and_one_that_is_not_there_yet_is_absent() {
        var probe = new TokenProbe(rpc);
        var base = ChainRegistry.chain(BASE).orElseThrow();

        assertThat(probe.probe(base.token(Asset.USDC).orElseThrow()))
                .isEqualTo(new TokenProbe.Verdict.Matches(new TokenProbe.TokenFacts(6, "USDC", "USD Coin", "2")));
        assertThat(probe.probe(base.token(Asset.EURC).orElseThrow())).isEqualTo(new TokenProbe.Verdict.Absent());
    }

    @Test
    void another_contract_at_the_address_differs_and_is_told_by_what() {
        anvil.placeCode(TestUsdc.USDC_ON_BASE, TestUsdc.TRANSFER_STUB);

        var verdict = new TokenProbe(rpc)
                .probe(ChainRegistry.chain(BASE).orElseThrow().token(Asset.USDC).orElseThrow());

        assertThat(verdict)
                .isEqualTo(new TokenProbe.Verdict.Differs(
                        List.of("decimals: no answer (expected: 6)", "symbol: no answer (expected: USDC)")));
    }

    @Test
    void a_token_that_logs_more_than_a_long_holds_is_read_as_such() {
        anvil.placeCode(TestUsdc.USDC_ON_BASE, TestUsdc.TRANSFER_STUB);
        var huge = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

        var hash = customer.transact(
                TestUsdc.USDC_ON_BASE, "0x" + Abi.word(customer.address()) + Abi.word(DEPOSIT) + Abi.word(huge));

        assertThat(Erc20.transfers(receipt(hash)))
                .extracting(found -> found.transfer().amount())
                .containsExactly(new TokenAmount.AboveLong(huge));
    }

    @Test
    void a_node_of_another_chain_is_not_listened_to() {
        try (var polygon = Anvil.start(137)) {
            var misconfigured = rpcOver(polygon.rpc());

            assertThat(misconfigured.receipt(NEVER_SENT))
                    .isInstanceOfSatisfying(
                            RpcAnswer.Unavailable.class,
                            unavailable ->
                                    assertThat(unavailable.failure().kind()).isEqualTo(RpcFailure.Kind.WRONG_CHAIN));
            assertThat(misconfigured.chainId()).isEqualTo(new RpcAnswer.Answered<>(137L));
        }
    }

    @Test
    void two_chains_of_one_id_are_told_apart_by_their_genesis() {
        anvil.mine(3);
        try (var other = Anvil.start(BASE, Instant.parse("2020-01-01T00:00:00Z"))) {
            var otherGenesis = answered(rpcOver(other.rpc()).genesis());

            assertThat(otherGenesis.number()).isZero();
            assertThat(otherGenesis.hash()).isNotEqualTo(answered(rpc.genesis()).hash());
        }
    }

    private Receipt receipt(String hash) {
        return answered(rpc.receipt(TxHash.of(hash)));
    }

    private static <T> T answered(RpcAnswer<T> answer) {
        assertThat(answer).isInstanceOf(RpcAnswer.Answered.class);
        return ((RpcAnswer.Answered<T>) answer).value();
    }

    private static EvmRpc rpcOver(URI... urls) {
        return new EvmRpc(ChainRegistry.chain(BASE).orElseThrow(), List.of(urls), http, Clock.systemUTC());
    }
}
