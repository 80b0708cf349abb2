package io.bursar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.anvil.RpcProxy;
import io.bursar.sandbox.anvil.TestUsdc;
import io.bursar.stablecoin.ChainStatus;
import org.junit.jupiter.api.Test;

/** A chain is taken into use only when it is the right one and its token is the right one. */
class RealChainOpeningTest {

    @Test
    void a_chain_opens_when_its_token_is_there_and_is_refused_when_it_is_another() {
        try (RealChain chain = RealChain.bare()) {
            await(chain, ChainStatus.State.UNAVAILABLE, "5 seconds");
            chain.furnish();
            assertThat(chain.post("12.50").statusCode()).isEqualTo(503);

            chain.anvil.placeCode(TestUsdc.USDC_ON_BASE, TestUsdc.TRANSFER_STUB);
            await(chain, ChainStatus.State.REFUSED, "USDC differs: decimals: no answer (expected: 6)");
            assertThat(chain.post("12.50").statusCode()).isEqualTo(503);

            chain.placeToken();
            await(chain, ChainStatus.State.READY, "watched");
            var request = chain.ask("12.50");
            chain.customer(0).pay(chain.usdc().address(), request.address(), request.units());
            chain.awaitProof(request, "attached waiting_finality");
            chain.anvil.mineToFinality();
            chain.awaitProof(request, "verified");

            assertThat(chain.page("/console/stablecoin/chains")).contains("Base", "Watched", "USDC", "ready", "absent");
            becomeAnotherChain(chain);
            await(chain, ChainStatus.State.REFUSED, "its first block is");
            assertThat(chain.post("12.50").statusCode()).isEqualTo(503);
        }
    }

    /** As if the endpoint came back from a break with another chain of the same id behind it. */
    private static void becomeAnotherChain(RealChain chain) {
        chain.sql("UPDATE stablecoin.chain_cursor SET genesis = decode(repeat('ab', 32), 'hex')");
        chain.rpc.mode(RpcProxy.Mode.DOWN);
        await(chain, ChainStatus.State.RPC_DOWN, "No endpoint answers");
        chain.rpc.mode(RpcProxy.Mode.UP);
    }

    private static void await(RealChain chain, ChainStatus.State state, String words) {
        chain.patience("the chain to be " + state).untilAsserted(() -> {
            assertThat(chain.status().state()).isEqualTo(state);
            assertThat(chain.status().sentence()).contains(words);
        });
    }
}
