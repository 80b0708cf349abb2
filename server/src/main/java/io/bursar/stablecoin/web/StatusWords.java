package io.bursar.stablecoin.web;

import io.bursar.shared.Money;
import io.bursar.stablecoin.ChainTransfersView;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.PaymentStatus;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** A payment's status for people: the tag's tone and words, and a sentence that says what it means and what to do. */
record StatusWords(String tone, String label, String sentence) {
    private static final String WAIT = "wait";
    private static final String WARN = "warn";
    private static final String OK = "ok";
    private static final String BAD = "bad";
    private static final int DECIMALS_SHOWN_MIN = 2;

    /** In a list, where nothing is known of what arrived. */
    static StatusWords brief(PaymentRequest request, PaymentStatus status) {
        return of(request, status, List.of());
    }

    static StatusWords of(PaymentRequest request, PaymentStatus status, List<ChainTransfersView.Seen> transfers) {
        return switch (status) {
            case WAITING ->
                new StatusWords(WAIT, "Waiting for your payment", "It is noticed by itself, usually within seconds.");
            case CHECKING ->
                new StatusWords(
                        WAIT,
                        "Looking for the transaction",
                        "The network does not know this hash yet. It is looked for again by itself.");
            case SEEN -> seen(request, transfers);
            case VERIFIED -> verified(request, transfers);
            case REVERSED ->
                new StatusWords(
                        BAD,
                        "Payment undone by the network",
                        "The block that held it was replaced, so what was credited was taken back. Most such payments"
                                + " are included again by themselves within minutes.");
            case UNDERPAID -> underpaid(request, transfers);
            case LATE ->
                new StatusWords(
                        WARN,
                        "Paid too late",
                        "The payment came after the request had expired. It is kept safe and not credited:"
                                + " contact the merchant.");
            case EARLY ->
                new StatusWords(
                        WARN,
                        "Paid too early",
                        "The payment is older than the request. It is kept safe and not credited:"
                                + " contact the merchant.");
            case FAILED -> new StatusWords(BAD, "Not paid by that transaction", failure(request));
            case EXPIRED ->
                new StatusWords(
                        WARN,
                        "Expired",
                        "Do not pay any more: the rate is no longer held. If you have paid, contact the merchant;"
                                + " the address stays watched and nothing is lost.");
        };
    }

    private static StatusWords seen(PaymentRequest request, List<ChainTransfersView.Seen> transfers) {
        Optional<ChainTransfersView.Seen> newest = transfers.stream()
                .filter(transfer -> transfer.alive() && !transfer.isFinal())
                .reduce((first, second) -> second);
        if (newest.isEmpty()) {
            boolean mined = "waiting_finality".equals(request.proof().finding());
            return new StatusWords(
                    WAIT,
                    mined ? "Payment seen" : "Payment on its way",
                    mined
                            ? "It is in a block. It counts once it cannot be undone any more."
                            : "The network knows the transaction; it is not in a block yet.");
        }
        return new StatusWords(
                WAIT,
                "Payment seen · " + TierWords.progress(newest.get()),
                "It is in a block. It counts " + TierWords.when(newest.get()) + ".");
    }

    private static StatusWords verified(PaymentRequest request, List<ChainTransfersView.Seen> transfers) {
        long over = request.proof().overpaidMinor();
        String sure = sure(request, transfers);
        return over == 0
                ? new StatusWords(OK, "Paid", sure)
                : new StatusWords(
                        OK,
                        "Paid · overpaid",
                        "%s %s more than asked came in; contact the merchant about it."
                                .formatted(sure, text(BigInteger.valueOf(over), request)));
    }

    /** How sure it is that the payment stays. */
    private static String sure(PaymentRequest request, List<ChainTransfersView.Seen> transfers) {
        return transfers.stream()
                .filter(transfer -> transfer.alive() && !transfer.isFinal() && transfer.credited())
                .filter(transfer -> transfer.tx().equals(request.proof().tx()))
                .findFirst()
                .map(TierWords::early)
                .orElse("The payment is final.");
    }

    private static StatusWords underpaid(PaymentRequest request, List<ChainTransfersView.Seen> transfers) {
        BigInteger received = transfers.stream()
                .filter(ChainTransfersView.Seen::alive)
                .filter(transfer -> "underpaid".equals(transfer.finding()))
                .map(ChainTransfersView.Seen::amount)
                .reduce(BigInteger.ZERO, BigInteger::max);
        String label = received.signum() == 0
                ? "Underpaid"
                : "Underpaid by "
                        + text(BigInteger.valueOf(request.due().minor()).subtract(received), request);
        return new StatusWords(
                WARN,
                label,
                "Less than the exact amount came in. It is kept safe and not credited: contact the merchant.");
    }

    private static String failure(PaymentRequest request) {
        String finding =
                request.proof().finding() == null ? "" : request.proof().finding();
        String reason = switch (finding) {
            case "wrong_recipient" -> "It does not pay this request's address.";
            case "wrong_token" -> "It pays in another token than the one asked for.";
            case "reverted" -> "It was reverted by the network, so nothing was paid.";
            case "not_found" -> "The network never saw it.";
            case "tx_already_used" -> "It pays for another request.";
            case "amount_out_of_range" -> "Its amount is beyond what can be counted.";
            default -> "It does not prove this payment (" + finding.replace('_', ' ') + ").";
        };
        return reason + " The right payment is still noticed by itself.";
    }

    private static String text(BigInteger atomic, PaymentRequest request) {
        return shortened(atomic, request.due().unit().scale()) + " "
                + request.due().unit().code();
    }

    /** How payers read an amount: with no more zeros than money usually has. */
    static String shortened(Money money) {
        return shortened(BigInteger.valueOf(money.minor()), money.unit().scale());
    }

    private static String shortened(BigInteger minor, int scale) {
        BigDecimal amount = new BigDecimal(minor, scale).stripTrailingZeros();
        return amount.setScale(Math.max(Math.min(DECIMALS_SHOWN_MIN, scale), amount.scale()))
                .toPlainString();
    }
}
