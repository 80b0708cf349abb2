package io.bursar.stablecoin.evm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a token contract who it is before any money is taken in it. */
public final class TokenProbe {

    private static final String NO_CODE = "0x";
    private static final int UINT8_BITS = 8;

    private final EvmRpc rpc;

    public TokenProbe(EvmRpc rpc) {
        this.rpc = rpc;
    }

    /** What the contract answered; {@code name} and {@code version} are null where it has none. */
    public record TokenFacts(
            int decimals,
            String symbol,
            @Nullable String name,
            @Nullable String version) {}

    public sealed interface Verdict {
        record Matches(TokenFacts facts) implements Verdict {}

        /** No code at the address (yet): ask again later. */
        record Absent() implements Verdict {}

        /** Something else lives there. It must not be taken for money. */
        record Differs(List<String> differences) implements Verdict {
            public Differs {
                differences = List.copyOf(differences);
            }
        }

        record Unavailable(RpcFailure failure) implements Verdict {}
    }

    public Verdict probe(TokenSpec token) {
        return switch (rpc.code(token.contract())) {
            case RpcAnswer.Unavailable<String>(var failure) -> new Verdict.Unavailable(failure);
            case RpcAnswer.Absent<String>() -> new Verdict.Absent();
            case RpcAnswer.Answered<String>(var code) -> NO_CODE.equals(code) ? new Verdict.Absent() : read(token);
        };
    }

    private Verdict read(TokenSpec token) {
        var answers = ask(token, Erc20.decimalsCall(), TokenProbe::decimals)
                .then(decimals -> ask(token, Erc20.symbolCall(), Erc20::text)
                        .then(symbol -> ask(token, Erc20.nameCall(), Erc20::text)
                                .then(name -> ask(token, Erc20.versionCall(), Erc20::text)
                                        .map(version -> new Answers(decimals, symbol, name, version)))));
        return switch (answers) {
            case RpcAnswer.Unavailable<Answers>(var failure) -> new Verdict.Unavailable(failure);
            case RpcAnswer.Absent<Answers>() -> new Verdict.Absent();
            case RpcAnswer.Answered<Answers>(var given) -> compare(token, given);
        };
    }

    private record Answers(
            Optional<Integer> decimals, Optional<String> symbol, Optional<String> name, Optional<String> version) {}

    private static Verdict compare(TokenSpec token, Answers given) {
        var differences = new ArrayList<String>();
        difference("decimals", given.decimals(), token.decimals()).ifPresent(differences::add);
        difference("symbol", given.symbol(), token.symbol()).ifPresent(differences::add);
        // Name and version matter to signatures only and some tokens have none, so silence is no difference.
        token.name()
                .filter(_ -> given.name().isPresent())
                .flatMap(name -> difference("name", given.name(), name))
                .ifPresent(differences::add);
        token.version()
                .filter(_ -> given.version().isPresent())
                .flatMap(version -> difference("version", given.version(), version))
                .ifPresent(differences::add);
        if (!differences.isEmpty()) {
            return new Verdict.Differs(differences);
        }
        return new Verdict.Matches(new TokenFacts(
                token.decimals(),
                token.symbol(),
                given.name().orElse(null),
                given.version().orElse(null)));
    }

    private static <T> Optional<String> difference(String what, Optional<T> given, T expected) {
        if (given.isPresent() && given.get().equals(expected)) {
            return Optional.empty();
        }
        var said = given.map(Object::toString).orElse("no answer");
        return Optional.of("%s: %s (expected: %s)".formatted(what, said, expected));
    }

    private static Optional<Integer> decimals(String returned) {
        return Erc20.uint(returned)
                .filter(value -> value.bitLength() <= UINT8_BITS)
                .map(value -> value.intValueExact());
    }

    private <T> RpcAnswer<Optional<T>> ask(TokenSpec token, String call, Function<String, Optional<T>> read) {
        return rpc.call(token.contract(), call).map(result -> switch (result) {
            case CallResult.Returned(var data) -> read.apply(data);
            case CallResult.Reverted _ -> Optional.empty();
        });
    }
}
