package io.bursar.stablecoin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"
            })
    void the_examples_of_eip_55_are_written_as_published(String published) {
        assertThat(Address.of(published).checksummed()).isEqualTo(published);
        assertThat(Address.of(Hex.lower(published)).checksummed()).isEqualTo(published);
    }

    @Test
    void one_letter_in_the_wrong_case_is_a_typing_error() {
        assertThat(Address.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")).isEmpty();
        assertThat(Address.parse("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed0",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg",
                " 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
            })
    void what_is_not_twenty_bytes_of_hex_is_no_address(String text) {
        assertThat(Address.parse(text)).isEmpty();
    }

    @Test
    void equal_addresses_are_equal_values_however_they_were_written() {
        assertThat(Address.of("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"))
                .isEqualTo(Address.of("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Address("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
    }

    @Test
    void a_word_is_an_address_only_when_its_first_twelve_bytes_are_zero() {
        var word = "0x" + "0".repeat(24) + "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

        assertThat(Address.ofWord(word)).contains(Address.of("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"));
        assertThat(Address.ofWord(word.replaceFirst("0x00", "0x01"))).isEmpty();
    }

    @Test
    void a_transaction_hash_is_read_in_any_case_and_kept_in_lower() {
        var upper = "0x" + "AB".repeat(32);

        assertThat(TxHash.parse(upper)).contains(TxHash.of(Hex.lower(upper)));
        assertThat(TxHash.parse(upper.substring(2))).isEmpty();
        assertThat(TxHash.parse(upper + "0")).isEmpty();
        assertThat(BlockHash.parse("0x" + "g".repeat(64))).isEmpty();
    }
}
