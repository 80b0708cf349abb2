package io.bursar.stablecoin.evm;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One chain by JSON-RPC, over one or more endpoints in order of preference. Safe for any number of threads; every
 * method blocks for at most {@link JsonRpcHttp#REQUEST_TIMEOUT} an endpoint and request, so never call one inside a
 * database transaction.
 *
 * <p>An endpoint that fails is asked last for a while. An endpoint that answers with another chain id is not listened
 * to.
 */
public final class EvmRpc {

    /**
     * Widest range of one {@link #transferLogs} call; who has more to catch up with does it in steps and keeps a
     * cursor.
     */
    public static final long LOG_RANGE_BLOCKS_MAX = LogSpan.BLOCKS_MAX;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final int ENDPOINTS_MAX = 10;
    private static final int ABSENCES_TO_BELIEVE = 2;
    private static final int EXECUTION_REVERTED = 3;
    private static final String LATEST = "latest";

    private final ChainSpec chain;
    private final List<Endpoint> endpoints;

    public EvmRpc(ChainSpec chain, List<URI> urls, HttpClient http, Clock clock) {
        this(chain, urls, http, clock, JsonRpcHttp.REQUEST_TIMEOUT);
    }

    EvmRpc(ChainSpec chain, List<URI> urls, HttpClient http, Clock clock, Duration timeout) {
        if (urls.isEmpty() || urls.size() > ENDPOINTS_MAX) {
            throw new IllegalArgumentException(
                    "RPC URLs: %d (expected: 1 to %d)".formatted(urls.size(), ENDPOINTS_MAX));
        }
        this.chain = chain;
        this.endpoints = urls.stream()
                .map(url -> new Endpoint(url, chain.id(), http, clock, timeout))
                .toList();
    }

    /** A client fit for endpoints: connections are kept, redirects are not followed. One for all chains will do. */
    public static HttpClient httpClient() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public ChainSpec chain() {
        return chain;
    }

    public List<EndpointHealth> health() {
        return endpoints.stream().map(Endpoint::health).toList();
    }

    /** Which chain the endpoints serve, right or wrong. */
    public RpcAnswer<Long> chainId() {
        return first(endpoint -> endpoint.exchange(Query.chainId()));
    }

    public RpcAnswer<Long> blockNumber() {
        return first(endpoint -> endpoint.answer(Query.blockNumber()));
    }

    public RpcAnswer<BlockHeader> latest() {
        return first(endpoint -> endpoint.answer(Query.taggedBlock(LATEST)));
    }

    public RpcAnswer<BlockHeader> block(long number) {
        return found(endpoint -> endpoint.answer(Query.block(number)));
    }

    public RpcAnswer<BlockHeader> block(BlockHash hash) {
        return found(endpoint -> endpoint.answer(Query.block(hash)));
    }

    /** Block 0: tells a chain from another that goes by the same id. */
    public RpcAnswer<BlockHeader> genesis() {
        return block(0);
    }

    /** The highest block of a tier; absent while the chain has none. */
    public RpcAnswer<FinalityHead> head(Finality tier) {
        return new FinalityReader(chain).head(tier, inOrder());
    }

    /** Absent: not mined, or no longer. A second endpoint has been asked if there is one to answer. */
    public RpcAnswer<Receipt> receipt(TxHash hash) {
        return found(endpoint -> endpoint.answer(Query.receipt(hash)));
    }

    /** Tells a transaction that waits in the mempool from one nobody has heard of (absent). */
    public RpcAnswer<ChainTransaction> transaction(TxHash hash) {
        return found(endpoint -> endpoint.answer(Query.transaction(hash)));
    }

    /** All Transfers in a range of blocks, both ends included, in chain order. */
    public RpcAnswer<List<EvmLog>> transferLogs(LogFilter filter, long fromBlock, long toBlock) {
        if (fromBlock < 0 || toBlock < fromBlock || toBlock - fromBlock >= LOG_RANGE_BLOCKS_MAX) {
            throw new IllegalArgumentException("log range: %d to %d (expected: 1 to %d blocks)"
                    .formatted(fromBlock, toBlock, LOG_RANGE_BLOCKS_MAX));
        }
        return first(endpoint -> new LogReader(endpoint, filter).range(fromBlock, toBlock));
    }

    /** All Transfers in one block; absent when no such block is known. */
    public RpcAnswer<List<EvmLog>> transferLogs(LogFilter filter, BlockHash block) {
        return found(endpoint -> new LogReader(endpoint, filter).block(block));
    }

    /** The code at an address: {@code 0x} when there is none. */
    public RpcAnswer<String> code(Address contract) {
        var query = Query.read("eth_getCode", List.of(contract.hex(), LATEST), node -> Wire.byteString(node, "code"));
        return first(endpoint -> endpoint.answer(query));
    }

    public RpcAnswer<CallResult> call(Address to, String data) {
        var query = Query.<CallResult>read(
                "eth_call",
                List.of(Map.of("to", to.hex(), "data", data), LATEST),
                node -> new CallResult.Returned(Wire.byteString(node, "returned data")));
        return first(endpoint -> revertAsAnswer(endpoint.answer(query)));
    }

    /** Of the native coin, in wei. */
    public RpcAnswer<BigInteger> balance(Address owner) {
        var query = Query.read("eth_getBalance", List.of(owner.hex(), LATEST), node -> Wire.quantity(node, "balance"));
        return first(endpoint -> endpoint.answer(query));
    }

    /** Absent when the contract does not answer as a token does, such as when it is not there. */
    public RpcAnswer<TokenAmount> tokenBalance(Address token, Address owner) {
        return call(token, Erc20.balanceOfCall(owner)).then(result -> switch (result) {
            case CallResult.Reverted _ -> new RpcAnswer.Absent<>();
            case CallResult.Returned(var data) ->
                Erc20.uint(data)
                        .<RpcAnswer<TokenAmount>>map(atomic -> new RpcAnswer.Answered<>(TokenAmount.of(atomic)))
                        .orElseGet(RpcAnswer.Absent::new);
        });
    }

    /**
     * Sends, or sends again: a refusal such as "nonce too low" can mean that the very same transaction was taken
     * before, so it stands only when no endpoint knows the transaction.
     */
    public SendResult send(String signedTransaction) {
        var broadcast = new Broadcast(signedTransaction);
        var result = broadcast.to(inOrder());
        return result instanceof SendResult.Refused
                ? switch (transaction(broadcast.hash())) {
                    case RpcAnswer.Absent<ChainTransaction>() -> result;
                    case RpcAnswer.Answered<ChainTransaction> _ -> new SendResult.Accepted(broadcast.hash());
                    case RpcAnswer.Unavailable<ChainTransaction>(var failure) ->
                        new SendResult.Unknown(broadcast.hash(), failure);
                }
                : result;
    }

    private static RpcAnswer<CallResult> revertAsAnswer(RpcAnswer<CallResult> answer) {
        return answer instanceof RpcAnswer.Unavailable<CallResult>(var failure) && isRevert(failure)
                ? new RpcAnswer.Answered<>(new CallResult.Reverted(failure.message()))
                : answer;
    }

    private static boolean isRevert(RpcFailure failure) {
        return failure.kind() == RpcFailure.Kind.RPC_ERROR
                && (failure.code() == EXECUTION_REVERTED
                        || failure.message().toLowerCase(Locale.ROOT).contains("revert"));
    }

    private <T> RpcAnswer<T> first(Function<Endpoint, RpcAnswer<T>> ask) {
        return untilAbsent(1, ask);
    }

    /** Null is believed when a second endpoint says so as well, or when no other answers. */
    private <T> RpcAnswer<T> found(Function<Endpoint, RpcAnswer<T>> ask) {
        return untilAbsent(ABSENCES_TO_BELIEVE, ask);
    }

    private <T> RpcAnswer<T> untilAbsent(int absencesToBelieve, Function<Endpoint, RpcAnswer<T>> ask) {
        var absences = 0;
        @Nullable RpcAnswer<T> last = null;
        for (var endpoint : inOrder()) {
            var answer = ask.apply(endpoint);
            if (answer instanceof RpcAnswer.Answered<T>) {
                return answer;
            }
            if (answer instanceof RpcAnswer.Absent<T> && ++absences == absencesToBelieve) {
                return answer;
            }
            last = absences > 0 ? new RpcAnswer.Absent<>() : answer;
        }
        return last == null ? new RpcAnswer.Absent<>() : last;
    }

    private List<Endpoint> inOrder() {
        var order = new ArrayList<Endpoint>(endpoints.size());
        var cooling = new ArrayList<Endpoint>();
        for (var endpoint : endpoints) {
            (endpoint.isCooling() ? cooling : order).add(endpoint);
        }
        order.addAll(cooling);
        return order;
    }
}
