package io.bursar.stablecoin.evm;

import java.util.List;
import java.util.Locale;

/**
 * The head of a finality tier. A tag is never replaced by counting blocks because an endpoint is down or has no
 * finalized block yet: only because it says it does not know the tag, and only if no other endpoint knows it.
 */
final class FinalityReader {

    private static final int INVALID_PARAMS = -32602;
    private static final String LATEST = "latest";

    private final ChainSpec chain;

    FinalityReader(ChainSpec chain) {
        this.chain = chain;
    }

    RpcAnswer<FinalityHead> head(Finality tier, List<Endpoint> endpoints) {
        return switch (tier) {
            case FAST -> counted(tier, endpoints);
            case SAFE -> tagged(tier, "safe", endpoints);
            case FINAL -> tagged(tier, "finalized", endpoints);
        };
    }

    private RpcAnswer<FinalityHead> tagged(Finality tier, String tag, List<Endpoint> endpoints) {
        RpcAnswer<FinalityHead> last = new RpcAnswer.Absent<>();
        for (var endpoint : endpoints) {
            if (endpoint.rejectsTag(tier)) {
                continue;
            }
            switch (endpoint.answer(Query.taggedBlock(tag))) {
                case RpcAnswer.Answered<BlockHeader>(var header) -> {
                    endpoint.noteTagKnown(tier);
                    return new RpcAnswer.Answered<>(new FinalityHead(tier, header, false));
                }
                case RpcAnswer.Absent<BlockHeader>() -> {
                    return new RpcAnswer.Absent<>();
                }
                case RpcAnswer.Unavailable<BlockHeader>(var failure) -> {
                    if (isRejection(failure)) {
                        endpoint.noteTagRejected(tier);
                    }
                    last = new RpcAnswer.Unavailable<>(failure);
                }
            }
        }
        var rejecting = endpoints.stream().filter(each -> each.rejectsTag(tier)).toList();
        return rejecting.isEmpty() ? last : counted(tier, rejecting);
    }

    private RpcAnswer<FinalityHead> counted(Finality tier, List<Endpoint> endpoints) {
        var blocksOnTop = chain.blocksOnTop(tier);
        RpcAnswer<FinalityHead> answer = new RpcAnswer.Absent<>();
        for (var endpoint : endpoints) {
            // Both questions go to one endpoint: another may have another head.
            answer = endpoint.answer(Query.taggedBlock(LATEST))
                    .then(latest -> latest.number() < blocksOnTop
                            ? new RpcAnswer.Absent<>()
                            : endpoint.answer(Query.block(latest.number() - blocksOnTop)))
                    .map(header -> new FinalityHead(tier, header, true));
            if (!(answer instanceof RpcAnswer.Unavailable<FinalityHead>)) {
                return answer;
            }
        }
        return answer;
    }

    private static boolean isRejection(RpcFailure failure) {
        if (failure.kind() != RpcFailure.Kind.RPC_ERROR) {
            return false;
        }
        var words = failure.message().toLowerCase(Locale.ROOT);
        return failure.code() == INVALID_PARAMS || words.contains("not supported") || words.contains("unsupported");
    }
}
