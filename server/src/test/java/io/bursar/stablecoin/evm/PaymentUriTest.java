package io.bursar.stablecoin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentUriTest {

    private static final Address TOKEN = Address.of("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
    private static final Address TO = Address.of("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

    @Test
    void it_is_written_as_eip_681_says_and_read_back() {
        var uri = new PaymentUri(TOKEN, 8453, TO, BigInteger.valueOf(42_730_000));

        assertThat(uri.text())
                .isEqualTo("ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer"
                        + "?address=0x70997970C51812dc3A010C7d01b50e0d17dc79C8&uint256=42730000");
        assertThat(PaymentUri.parse(uri.text())).contains(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer",
                "ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer"
                        + "?address=0x70997970C51812dc3A010C7d01b50e0d17dc79C8&uint256=1.5e6",
                "ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer"
                        + "?address=0x70997970C51812dc3A010C7d01b50e0d17dc79C8&uint256=0",
                "ethereum:0x833589FCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer"
                        + "?address=0x70997970C51812dc3A010C7d01b50e0d17dc79C8&uint256=1"
            })
    void what_is_not_a_token_payment_is_not_read_as_one(String text) {
        assertThat(PaymentUri.parse(text)).isEmpty();
    }

    @Test
    void nothing_and_less_cannot_be_asked_for() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PaymentUri(TOKEN, 8453, TO, BigInteger.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new PaymentUri(TOKEN, 0, TO, BigInteger.ONE));
    }
}
