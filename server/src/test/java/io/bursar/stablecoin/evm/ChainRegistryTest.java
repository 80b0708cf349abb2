package io.bursar.stablecoin.evm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainRegistryTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
        "137, 0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359",
        "8453, 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
        "10, 0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85",
        "42161, 0xaf88d065e77c8cC2239327C5EDb3A432268e5831"
    })
    void usdc_is_circles_own_contract_on_each_of_the_five_chains(long chainId, String contract) {
        assertThat(ChainRegistry.token(chainId, Asset.USDC))
                .isInstanceOfSatisfying(ChainRegistry.TokenLookup.Listed.class, listed -> {
                    assertThat(listed.token().contract().checksummed()).isEqualTo(contract);
                    assertThat(listed.token().decimals()).isEqualTo(6);
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {137, 10, 42161})
    void eurc_is_refused_by_name_where_circle_does_not_issue_it(long chainId) {
        assertThat(ChainRegistry.token(chainId, Asset.EURC))
                .isEqualTo(new ChainRegistry.TokenLookup.AssetNotIssuedOnChain(
                        ChainRegistry.chain(chainId).orElseThrow(), Asset.EURC));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8453})
    void eurc_is_listed_where_circle_issues_it(long chainId) {
        assertThat(ChainRegistry.token(chainId, Asset.EURC)).isInstanceOf(ChainRegistry.TokenLookup.Listed.class);
    }

    @Test
    void a_sixth_chain_is_refused_by_its_id() {
        assertThat(ChainRegistry.token(56, Asset.USDC)).isEqualTo(new ChainRegistry.TokenLookup.ChainNotSupported(56));
        assertThat(ChainRegistry.chains()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "137, USDC.e, 0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174",
        "8453, USDbC, 0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA",
        "10, USDC.e, 0x7F5c764cBc14f9669B88837ca1490cCa17c31607",
        "42161, USDC.e, 0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8"
    })
    void a_bridged_look_alike_is_known_by_name_and_is_no_token_of_ours(long chainId, String name, String contract) {
        var chain = ChainRegistry.chain(chainId).orElseThrow();

        assertThat(chain.bridgedAt(Address.of(contract)))
                .contains(new ChainSpec.BridgedToken(name, Address.of(contract)));
        assertThat(chain.tokenAt(Address.of(contract))).isEmpty();
    }

    @Test
    void explorer_links_lead_to_transaction_and_address() {
        var base = ChainRegistry.chain("base").orElseThrow();
        var hash = "0x" + "1f".repeat(32);

        assertThat(base.explorerLink(TxHash.of(hash))).isEqualTo("https://basescan.org/tx/" + hash);
        assertThat(base.explorerLink(Address.of("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913")))
                .isEqualTo("https://basescan.org/address/0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
    }
}
