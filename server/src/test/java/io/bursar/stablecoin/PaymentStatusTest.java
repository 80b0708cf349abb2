package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaymentStatusTest {
    private static final List<String> FINDINGS = List.of(
            "not_found",
            "in_mempool",
            "waiting_finality",
            "reverted",
            "wrong_token",
            "wrong_recipient",
            "wrong_amount",
            "late",
            "early",
            "duplicate",
            "reversed");

    @Test
    void the_list_filters_by_the_very_status_that_is_shown() {
        try (DeskFloor desk = new DeskFloor()) {
            Partner partner = desk.partner();
            Merchant merchant = desk.merchant(partner);
            desk.request(partner, merchant);
            for (ProofStatus status : ProofStatus.values()) {
                for (String finding : FINDINGS) {
                    proof(desk, desk.request(partner, merchant), status, finding);
                }
            }

            eachIsFoundByItsStatus(desk, partner);
            desk.clock().forward(Duration.ofHours(1));
            eachIsFoundByItsStatus(desk, partner);
        }
    }

    private static void eachIsFoundByItsStatus(DeskFloor desk, Partner partner) {
        Payments payments = desk.bean(Payments.class);
        List<PaymentLine> all =
                payments.list(PaymentFilter.of(partner.id(), null), null, 200).items();
        for (PaymentStatus status : PaymentStatus.values()) {
            PaymentFilter filter = PaymentFilter.of(partner.id(), status);
            List<PaymentLine> expected =
                    all.stream().filter(line -> line.status() == status).toList();
            assertThat(payments.list(filter, null, 200).items())
                    .as(status.word())
                    .isEqualTo(expected);
            assertThat(payments.count(filter)).as(status.word()).isEqualTo(expected.size());
        }
    }

    private static void proof(DeskFloor desk, PaymentRequest request, ProofStatus status, @Nullable String finding) {
        if (status == ProofStatus.NONE) {
            return;
        }
        desk.sql()
                .sql("""
                        UPDATE stablecoin.payment_request
                        SET proof_status = :status, proof_finding = :finding,
                            proof_tx = decode(repeat('ab', 32), 'hex'),
                            verified_at = CASE WHEN :status = 'verified' THEN created_at END, proof_tier = 'FINAL'
                        WHERE id = :id
                        """)
                .param("status", status.name().toLowerCase(Locale.ROOT))
                .param("finding", finding)
                .param("id", request.id().value())
                .update();
    }
}
