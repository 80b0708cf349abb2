package io.bursar.stablecoin.evm;

import java.util.function.Function;

/**
 * What asking the chain came to. {@link Absent} is an answer ("there is none"); {@link Unavailable} is not an answer,
 * and nothing may be concluded from it.
 */
public sealed interface RpcAnswer<T> {

    record Answered<T>(T value) implements RpcAnswer<T> {}

    record Absent<T>() implements RpcAnswer<T> {}

    /** No endpoint answered; the failure is the last one's. */
    record Unavailable<T>(RpcFailure failure) implements RpcAnswer<T> {}

    default <R> RpcAnswer<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Answered<T>(var value) -> new Answered<>(change.apply(value));
            case Absent<T>() -> new Absent<>();
            case Unavailable<T>(var failure) -> new Unavailable<>(failure);
        };
    }

    default <R> RpcAnswer<R> then(Function<? super T, RpcAnswer<R>> next) {
        return switch (this) {
            case Answered<T>(var value) -> next.apply(value);
            case Absent<T>() -> new Absent<>();
            case Unavailable<T>(var failure) -> new Unavailable<>(failure);
        };
    }
}
