package io.bursar.stablecoin.web;

import io.bursar.outbox.DeliveryView;
import io.bursar.shared.Money;
import io.bursar.stablecoin.ChainTransfersView;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.PaymentStatus;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TxHash;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The questions between a request and its payment, in the order the money takes, each with what is known. */
final class PaymentSteps {
    private PaymentSteps() {}

    /** {@code tone} is ok, warn, bad or wait; {@code mark} says the same without colour. */
    record Step(String tone, String mark, String question, String answer) {
        static Step yes(String question, String answer) {
            return new Step("ok", "✓", question, answer);
        }

        static Step look(String question, String answer) {
            return new Step("warn", "!", question, answer);
        }

        static Step no(String question, String answer) {
            return new Step("bad", "×", question, answer);
        }

        static Step notYet(String question, String answer) {
            return new Step("wait", "–", question, answer);
        }
    }

    static List<Step> of(
            PaymentRequest request,
            PaymentStatus status,
            List<ChainTransfersView.Seen> transfers,
            List<DeliveryView> deliveries) {
        List<Step> steps = new ArrayList<>();
        steps.add(proof(request));
        List<ChainTransfersView.Seen> alive =
                transfers.stream().filter(ChainTransfersView.Seen::alive).toList();
        transfers.forEach(transfer -> takenBack(request, transfer).ifPresent(steps::add));
        steps.add(arrived(request, transfers, alive));
        if (!alive.isEmpty()) {
            steps.add(right(request, alive.getLast()));
            if (alive.getLast().tier() != Finality.FINAL) {
                steps.add(sureEnough(alive.getLast()));
            }
            steps.add(beyondUndoing(alive.getLast()));
        }
        if (status == PaymentStatus.VERIFIED || status == PaymentStatus.REVERSED) {
            steps.add(told(deliveries));
        }
        return steps;
    }

    private static Step proof(PaymentRequest request) {
        String question = "Is a transaction attached?";
        TxHash tx = request.proof().tx();
        if (tx == null) {
            return Step.notYet(question, "None yet: nobody pasted a hash and the watcher saw no payment.");
        }
        String finding = request.proof().finding();
        String answer = tx.hex() + (finding == null ? "" : " · " + finding.replace('_', ' '));
        return switch (request.proof().status()) {
            case VERIFIED -> Step.yes(question, answer);
            case FAILED -> Step.look(question, answer);
            case ATTACHED, NONE -> Step.notYet(question, answer);
        };
    }

    private static Step arrived(
            PaymentRequest request, List<ChainTransfersView.Seen> all, List<ChainTransfersView.Seen> alive) {
        String question = "Did anything arrive at the address?";
        if (!alive.isEmpty()) {
            ChainTransfersView.Seen newest = alive.getLast();
            return Step.yes(
                    question,
                    "%s in block %d, log %d"
                            .formatted(amount(request, newest), newest.blockNumber(), newest.ordinal()));
        }
        return all.isEmpty()
                ? Step.notYet(question, "Nothing so far.")
                : Step.look(question, "A payment was seen and its block was undone by the network. It may come back.");
    }

    private static Step right(PaymentRequest request, ChainTransfersView.Seen transfer) {
        String question = "Right amount, in time?";
        String finding = transfer.finding() == null ? "" : transfer.finding();
        String asked = " · asked for " + request.due();
        return switch (finding) {
            case "exact" -> Step.yes(question, "Exactly what was asked for, in time.");
            case "overpaid" -> Step.yes(question, "More than asked: the excess is kept as unclaimed" + asked + ".");
            case "" -> Step.notYet(question, "Not judged yet.");
            default -> Step.look(question, finding.replace('_', ' ') + ": " + amount(request, transfer) + asked + ".");
        };
    }

    /** With the evidence: which block was there, and which one is. */
    private static Optional<Step> takenBack(PaymentRequest request, ChainTransfersView.Seen transfer) {
        ChainTransfersView.Reversal reversal = transfer.reversal();
        if (reversal == null) {
            return Optional.empty();
        }
        String question = "Did the credited payment of %s stay in the chain?".formatted(amount(request, transfer));
        String evidence = "No. Block %d was %s and is %s now. "
                .formatted(transfer.blockNumber(), transfer.blockHash(), reversal.replacedBy());
        String money = switch (reversal.state()) {
            case "reversed" ->
                reversal.owed() == 0
                        ? "What was credited has been taken back."
                        : "What was credited has been taken back; %s of it was spent already and is owed."
                                .formatted(
                                        new Money(reversal.owed(), request.due().unit()));
            case "unreversed" ->
                "The ledger refused to take back what was credited, so the books hold more than the chain: see Errors.";
            default -> "What was credited is being taken back.";
        };
        return Optional.of(Step.no(question, evidence + money));
    }

    private static Step sureEnough(ChainTransfersView.Seen transfer) {
        String question = "Sure enough to count for this partner?";
        return transfer.credited() || transfer.isFinal()
                ? Step.yes(question, TierWords.reached(transfer) + ".")
                : Step.notYet(
                        question,
                        "It counts %s: %s on top.".formatted(TierWords.when(transfer), TierWords.progress(transfer)));
    }

    private static Step beyondUndoing(ChainTransfersView.Seen transfer) {
        String question = "Is the block final?";
        if (transfer.isFinal()) {
            return Step.yes(question, "Block %d is final.".formatted(transfer.blockNumber()));
        }
        return Step.notYet(
                question,
                "%d of about %d blocks on top.%s"
                        .formatted(
                                transfer.confirmations(),
                                transfer.confirmationsFinal(),
                                transfer.credited() ? " Until then a reorg takes the money back." : ""));
    }

    private static Step told(List<DeliveryView> deliveries) {
        String question = "Was the partner told?";
        if (deliveries.isEmpty()) {
            return Step.notYet(question, "No webhook was made for this request.");
        }
        boolean all = deliveries.stream().allMatch(delivery -> delivery.status().equals("delivered"));
        return all
                ? Step.yes(question, "Its endpoint took every event.")
                : Step.look(question, "Not every event was taken: see the deliveries below.");
    }

    private static String amount(PaymentRequest request, ChainTransfersView.Seen transfer) {
        Money due = request.due();
        return new BigDecimal(transfer.amount(), due.unit().scale()).toPlainString() + " "
                + due.unit().code();
    }
}
