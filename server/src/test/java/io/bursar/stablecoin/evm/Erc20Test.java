package io.bursar.stablecoin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class Erc20Test {

    private static final Address TOKEN = Address.of("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
    private static final Address FROM = Address.of("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    private static final Address TO = Address.of("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private static final TxHash TX = TxHash.of("0x" + "11".repeat(32));
    private static final BlockHash BLOCK = BlockHash.of("0x" + "22".repeat(32));
    private static final String TWELVE_AND_A_HALF = "0x" + Hex.word(BigInteger.valueOf(12_500_000));
    private static final List<String> TOPICS = List.of(Erc20.TRANSFER_TOPIC, FROM.word(), TO.word());

    @Test
    void the_topic_and_the_selectors_are_the_published_ones() {
        assertThat(Erc20.TRANSFER_TOPIC)
                .isEqualTo("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
        assertThat(Erc20.decimalsCall()).isEqualTo("0x313ce567");
        assertThat(Erc20.symbolCall()).isEqualTo("0x95d89b41");
        assertThat(Erc20.nameCall()).isEqualTo("0x06fdde03");
        assertThat(Erc20.versionCall()).isEqualTo("0x54fd4d50");
        assertThat(Erc20.balanceOfCall(TO)).isEqualTo("0x70a08231" + TO.word().substring(2));
        assertThat(Erc20.transferCall(TO, BigInteger.TEN))
                .isEqualTo("0xa9059cbb" + TO.word().substring(2) + "0".repeat(63) + "a");
    }

    @Test
    void a_transfer_names_token_sender_recipient_and_amount() {
        assertThat(Erc20.transfer(log(TOPICS, TWELVE_AND_A_HALF, false)))
                .contains(new Erc20.Transfer(TOKEN, FROM, TO, new TokenAmount.Bookable(12_500_000)));
    }

    @Test
    void what_has_not_exactly_the_shape_of_a_transfer_is_none() {
        var erc721 = List.of(Erc20.TRANSFER_TOPIC, FROM.word(), TO.word(), TWELVE_AND_A_HALF);
        var notIndexed = List.of(Erc20.TRANSFER_TOPIC);
        var approval = List.of("0x" + "8c".repeat(32), FROM.word(), TO.word());
        var dirty = List.of(Erc20.TRANSFER_TOPIC, FROM.word(), TO.word().replaceFirst("0x0", "0x1"));

        assertThat(Erc20.transfer(log(erc721, "0x", false))).isEmpty();
        assertThat(Erc20.transfer(log(erc721, TWELVE_AND_A_HALF, false))).isEmpty();
        assertThat(Erc20.transfer(log(notIndexed, TWELVE_AND_A_HALF, false))).isEmpty();
        assertThat(Erc20.transfer(log(approval, TWELVE_AND_A_HALF, false))).isEmpty();
        assertThat(Erc20.transfer(log(dirty, TWELVE_AND_A_HALF, false))).isEmpty();
        assertThat(Erc20.transfer(log(TOPICS, "0x", false))).isEmpty();
        assertThat(Erc20.transfer(log(TOPICS, "0xbebc20", false))).isEmpty();
        assertThat(Erc20.transfer(log(TOPICS, TWELVE_AND_A_HALF + "00", false))).isEmpty();
        assertThat(Erc20.transfer(log(TOPICS, TWELVE_AND_A_HALF, true))).isEmpty();
    }

    @Test
    void an_amount_above_a_long_is_named_and_not_cut() {
        var most = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        var first = BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE);

        assertThat(TokenAmount.of(most)).isEqualTo(new TokenAmount.AboveLong(most));
        assertThat(TokenAmount.of(first)).isEqualTo(new TokenAmount.AboveLong(first));
        assertThat(TokenAmount.of(first.subtract(BigInteger.ONE))).isEqualTo(new TokenAmount.Bookable(Long.MAX_VALUE));
        assertThat(Erc20.transfer(log(TOPICS, "0x" + "f".repeat(64), false))
                        .orElseThrow()
                        .amount())
                .isEqualTo(new TokenAmount.AboveLong(most));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenAmount.of(BigInteger.ONE.negate()));
    }

    @Test
    void an_ordinal_counts_every_log_of_the_receipt() {
        var transfer = log(TOPICS, TWELVE_AND_A_HALF, false);
        var other = log(List.of(), "0x", false);
        var receipt = new Receipt(TX, BLOCK, 7, true, 2, FROM, List.of(other, transfer, other, transfer));

        assertThat(Erc20.transfers(receipt))
                .extracting(Erc20.OrdinalTransfer::ordinal)
                .containsExactly(1, 3);
    }

    @Test
    void a_returned_string_is_read_in_both_its_forms_and_nonsense_is_none() {
        var offset = Hex.word(BigInteger.valueOf(32));
        var usdc = "55534443" + "0".repeat(56);

        assertThat(Erc20.text("0x" + offset + Hex.word(BigInteger.valueOf(4)) + usdc))
                .contains("USDC");
        assertThat(Erc20.text("0x" + usdc)).contains("USDC");
        assertThat(Erc20.text("0x")).isEmpty();
        assertThat(Erc20.text("0x" + offset + "f".repeat(64) + usdc)).isEmpty();
        assertThat(Erc20.text("0x" + offset + Hex.word(BigInteger.valueOf(33)) + usdc))
                .isEmpty();
        assertThat(Erc20.text("0x" + "ff".repeat(32))).isEmpty();
        assertThat(Erc20.uint("0x")).isEmpty();
        assertThat(Erc20.uint("0x" + Hex.word(BigInteger.valueOf(6)))).contains(BigInteger.valueOf(6));
    }

    private static EvmLog log(List<String> topics, String data, boolean removed) {
        return new EvmLog(TOKEN, topics, data, removed, BLOCK, 7, TX, 0);
    }
}
