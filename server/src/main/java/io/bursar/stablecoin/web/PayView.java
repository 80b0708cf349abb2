package io.bursar.stablecoin.web;

import io.bursar.platform.QrPath;
import io.bursar.shared.Money;
import io.bursar.stablecoin.ChainTransfersView;
import io.bursar.stablecoin.LockedRate;
import io.bursar.stablecoin.Merchant;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.PaymentStatus;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.PaymentUri;
import io.bursar.stablecoin.evm.TxHash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything the pay page shows of a request, worded. */
record PayView(
        String id,
        String merchant,
        String amount,
        String exactAmount,
        String asset,
        Money fiat,
        String network,
        String address,
        String walletUri,
        QrPath qr,
        LockedRate rate,
        boolean atParity,
        Instant createdAt,
        Instant expiresAt,
        boolean payable,
        boolean undone,
        boolean settled,
        String statusKey,
        StatusWords status,
        @Nullable String txHash,
        @Nullable String explorerUrl) {

    static PayView of(
            PaymentRequest request,
            Merchant merchant,
            PaymentStatus status,
            List<ChainTransfersView.Seen> transfers,
            Instant now) {
        ChainSpec chain = ChainRegistry.chain(request.chainId()).orElseThrow();
        StatusWords words = StatusWords.of(request, status, transfers);
        boolean live = request.expiresAt().isAfter(now);
        TxHash tx = request.proof().tx();
        String uri = walletUri(request);
        return new PayView(
                request.id().text(),
                merchant.title(),
                StatusWords.shortened(request.due()),
                request.due().text(),
                request.asset().name(),
                request.fiat(),
                chain.name(),
                request.depositAddress().checksummed(),
                uri,
                QrPath.of(uri),
                request.rate(),
                request.rate().source().equals("parity"),
                request.createdAt(),
                request.expiresAt(),
                live && payable(status),
                status == PaymentStatus.REVERSED,
                settled(status, live, transfers),
                status.word() + "-" + Integer.toHexString(words.hashCode()),
                words,
                tx == null ? null : tx.hex(),
                tx == null ? null : chain.explorerLink(tx));
    }

    private static boolean payable(PaymentStatus status) {
        return switch (status) {
            case WAITING, CHECKING, FAILED, UNDERPAID, EARLY, REVERSED -> true;
            case SEEN, VERIFIED, LATE, EXPIRED -> false;
        };
    }

    /** Whether the page may stop asking: what it says will not change by itself any more, save in rare cases. */
    private static boolean settled(PaymentStatus status, boolean live, List<ChainTransfersView.Seen> transfers) {
        return switch (status) {
            case VERIFIED -> transfers.stream().anyMatch(transfer -> transfer.isFinal() && transfer.credited());
            case CHECKING, SEEN -> false;
            case WAITING, UNDERPAID, LATE, EARLY, FAILED, EXPIRED, REVERSED -> !live;
        };
    }

    private static String walletUri(PaymentRequest request) {
        return new PaymentUri(
                        request.token(),
                        request.chainId(),
                        request.depositAddress(),
                        BigInteger.valueOf(request.due().minor()))
                .text();
    }
}
