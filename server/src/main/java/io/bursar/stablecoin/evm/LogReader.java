package io.bursar.stablecoin.evm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds Transfers by eth_getLogs. A list with a hole would lose somebody's payment, so it comes whole from one
 * endpoint that has seen the blocks, or not at all.
 */
final class LogReader {

    /** Nodes bound the topics of a filter, geth at 1,000. */
    static final int RECIPIENTS_PER_REQUEST = 500;

    private static final int REQUESTS_MAX = 2_000;
    private static final int LOGS_MAX = 100_000;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int HTTP_CONTENT_TOO_LARGE = 413;
    private static final Comparator<EvmLog> CHAIN_ORDER =
            Comparator.comparingLong(EvmLog::blockNumber).thenComparingLong(EvmLog::logIndex);

    private final Endpoint endpoint;
    private final LogFilter filter;
    private final List<EvmLog> found = new ArrayList<>();
    private int requests;

    LogReader(Endpoint endpoint, LogFilter filter) {
        this.endpoint = endpoint;
        this.filter = filter;
    }

    RpcAnswer<List<EvmLog>> range(long fromBlock, long toBlock) {
        // A node that lags answers "no logs" for blocks it has not seen, which would be taken for the truth.
        return endpoint.answer(Query.blockNumber()).then(head -> {
            if (head < toBlock) {
                return unavailable(RpcFailure.Kind.BEHIND, "head: " + head + " (expected: >= " + toBlock + ")");
            }
            for (var recipients : pages()) {
                var problem = scan(recipients, fromBlock, toBlock);
                if (!(problem instanceof RpcAnswer.Answered<List<EvmLog>>)) {
                    return problem;
                }
            }
            return inOrder();
        });
    }

    /** Near the head a block is named by its hash, so that two forks are never mixed. */
    RpcAnswer<List<EvmLog>> block(BlockHash block) {
        return endpoint.answer(Query.block(block)).then(_ -> {
            for (var recipients : pages()) {
                var part = endpoint.answer(byBlockHash(recipients, block));
                switch (part) {
                    case RpcAnswer.Answered<List<EvmLog>>(var logs) -> found.addAll(logs);
                    case RpcAnswer.Absent<List<EvmLog>>(), RpcAnswer.Unavailable<List<EvmLog>> _ -> {
                        return part;
                    }
                }
            }
            return inOrder();
        });
    }

    private RpcAnswer<List<EvmLog>> scan(List<Address> recipients, long fromBlock, long toBlock) {
        var from = fromBlock;
        while (from <= toBlock) {
            if (++requests > REQUESTS_MAX || found.size() > LOGS_MAX) {
                return unavailable(
                        RpcFailure.Kind.LIMIT, "more than %d requests or %d logs".formatted(REQUESTS_MAX, LOGS_MAX));
            }
            var to = Math.min(toBlock, from + endpoint.logSpan().blocks() - 1);
            var span = to - from + 1;
            switch (endpoint.answer(byRange(recipients, from, to))) {
                case RpcAnswer.Answered<List<EvmLog>>(var logs) -> {
                    found.addAll(logs);
                    endpoint.logSpan().worked(span);
                    from = to + 1;
                }
                case RpcAnswer.Absent<List<EvmLog>>() -> {
                    return new RpcAnswer.Absent<>();
                }
                case RpcAnswer.Unavailable<List<EvmLog>>(var failure) -> {
                    if (!shrink(failure, span)) {
                        return new RpcAnswer.Unavailable<>(failure);
                    }
                }
            }
        }
        return new RpcAnswer.Answered<>(List.of());
    }

    /**
     * Whether a narrower range is worth trying now. After a timeout it is tried next time: this call has waited
     * enough.
     */
    private boolean shrink(RpcFailure failure, long span) {
        if (!mayBeTooMuch(failure)) {
            return false;
        }
        if (span == 1) {
            endpoint.logSpan().forget();
            return false;
        }
        endpoint.logSpan().refused(span);
        return failure.kind() != RpcFailure.Kind.TIMEOUT;
    }

    /** Providers word "too many" in a dozen ways, so any JSON-RPC error to a range of several blocks counts as one. */
    private static boolean mayBeTooMuch(RpcFailure failure) {
        return switch (failure.kind()) {
            case RESPONSE_TOO_LARGE, TIMEOUT -> true;
            case RPC_ERROR -> failure.code() != METHOD_NOT_FOUND;
            case HTTP_STATUS -> failure.code() == HTTP_CONTENT_TOO_LARGE;
            case CONNECT, CONNECTION_LOST, RATE_LIMITED, MALFORMED, WRONG_CHAIN, BEHIND, LIMIT, INTERRUPTED -> false;
        };
    }

    private Query<List<EvmLog>> byRange(List<Address> recipients, long from, long to) {
        var criteria = criteria(recipients);
        criteria.put("fromBlock", Hex.quantity(from));
        criteria.put("toBlock", Hex.quantity(to));
        return Query.read("eth_getLogs", List.of(criteria), node -> {
            var logs = matching(node);
            Wire.expect(
                    logs.stream().allMatch(log -> log.blockNumber() >= from && log.blockNumber() <= to),
                    "a log from outside the range");
            return logs;
        });
    }

    private Query<List<EvmLog>> byBlockHash(List<Address> recipients, BlockHash block) {
        var criteria = criteria(recipients);
        criteria.put("blockHash", block.hex());
        return Query.read("eth_getLogs", List.of(criteria), node -> {
            var logs = matching(node);
            Wire.expect(logs.stream().allMatch(log -> log.blockHash().equals(block)), "a log of another block");
            return logs;
        });
    }

    private Map<String, Object> criteria(List<Address> recipients) {
        var criteria = new LinkedHashMap<String, Object>();
        criteria.put("address", filter.tokens().stream().map(Address::hex).toList());
        var topics = new ArrayList<@Nullable Object>();
        topics.add(Erc20.TRANSFER_TOPIC);
        topics.add(null);
        topics.add(recipients.stream().map(Address::word).toList());
        criteria.put("topics", topics);
        return criteria;
    }

    private List<EvmLog> matching(JsonNode node) {
        var logs = Wire.logs(node);
        Set<Address> tokens = new HashSet<>(filter.tokens());
        Wire.expect(logs.stream().allMatch(log -> tokens.contains(log.address())), "a log of another contract");
        return logs;
    }

    private List<List<Address>> pages() {
        var recipients = filter.recipients();
        var pages = new ArrayList<List<Address>>();
        for (int start = 0; start < recipients.size(); start += RECIPIENTS_PER_REQUEST) {
            pages.add(recipients.subList(start, Math.min(recipients.size(), start + RECIPIENTS_PER_REQUEST)));
        }
        return pages;
    }

    private RpcAnswer<List<EvmLog>> inOrder() {
        return new RpcAnswer.Answered<>(found.stream().sorted(CHAIN_ORDER).toList());
    }

    private static RpcAnswer<List<EvmLog>> unavailable(RpcFailure.Kind kind, String message) {
        return new RpcAnswer.Unavailable<>(new RpcFailure(kind, 0, message));
    }
}
