package io.bursar.stablecoin;

import io.bursar.stablecoin.ChainTransfer.Block;
import io.bursar.stablecoin.CursorStore.Point;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.Erc20;
import io.bursar.stablecoin.evm.Erc20.OrdinalTransfer;
import io.bursar.stablecoin.evm.EvmLog;
import io.bursar.stablecoin.evm.LogFilter;
import io.bursar.stablecoin.evm.Receipt;
import io.bursar.stablecoin.evm.TxHash;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Reads a chain from the cursor towards its head and records every Transfer to a deposit address.
 *
 * <p>Why no payment is missed. A step ends at a block whose header is read <em>first</em>; then the addresses are read,
 * and only then the logs up to that block. An address is told to nobody before its request has committed, so a payment
 * to it is mined after that commit. Hence a payment in a block that existed before the addresses were read goes to an
 * address that the reading holds, also when the request was made during this very step. A payment to an address that
 * came after the reading is in a later block, and the cursor does not move past the block of the step.
 *
 * <p>The chain may change between those three reads. Near the head, where that happens, a block is named by its hash in
 * all of them and must be the child of the one before. Farther back whole ranges are read by number, and the cursor
 * keeps the hash that the range's last block had before, so if the range changed meanwhile the next look at the cursor
 * finds another hash there and rewinds. Reading a block twice does no harm.
 *
 * <p>A log's place in its receipt names it, and eth_getLogs does not tell it, so the receipt of each transaction found
 * is read as well. If it is in another block by then, the step is left undone and tried again.
 */
@Component
class Scan {
    /** Closer to the head than this, blocks are read one by one. */
    static final int NEAR_BLOCKS = 16;

    /** How many blocks one step covers farther back. */
    static final int RANGE_BLOCKS = 2_000;

    /** A run ends after this many steps, so that finality and proofs get their turn while a chain is caught up with. */
    private static final int STEPS_MAX = 40;

    private final Cursor cursor;
    private final Transfers transfers;
    private final PaymentRequestStore requests;

    Scan(Cursor cursor, Transfers transfers, PaymentRequestStore requests) {
        this.cursor = cursor;
        this.transfers = transfers;
        this.requests = requests;
    }

    /** Moves on from {@code at} as far as it can. */
    Point forward(ChainReader reader, WatchedAddresses addresses, Point at, BlockHeader head) {
        var place = at;
        for (int step = 0; step < STEPS_MAX && place.height() < head.number(); step++) {
            Optional<Point> next = step(reader, addresses, place, head);
            if (next.isEmpty()) {
                return place;
            }
            place = next.get();
        }
        return place;
    }

    private Optional<Point> step(ChainReader reader, WatchedAddresses addresses, Point at, BlockHeader head) {
        long behind = head.number() - at.height();
        boolean read;
        Optional<BlockHeader> end;
        if (behind > NEAR_BLOCKS) {
            end = reader.block(at.height() + Math.min(behind - NEAR_BLOCKS, RANGE_BLOCKS));
            read = end.isPresent() && range(reader, addresses.read(), at.height() + 1, end.get());
        } else {
            end = reader.block(at.height() + 1)
                    .filter(header -> header.parentHash().equals(at.hash()));
            read = end.isPresent() && block(reader, addresses.read(), end.get());
        }
        return end.filter(_ -> read)
                .map(Cursor::point)
                .filter(point -> cursor.advance(reader.chain().id(), at, point));
    }

    private boolean range(ChainReader reader, Map<Address, PaymentRequestId> watched, long from, BlockHeader end) {
        return watched.isEmpty()
                || recordAll(reader, watched, reader.transferLogs(filter(reader, watched), from, end.number()));
    }

    private boolean block(ChainReader reader, Map<Address, PaymentRequestId> watched, BlockHeader block) {
        return watched.isEmpty()
                || reader.transferLogs(filter(reader, watched), block.hash())
                        .filter(logs -> recordAll(reader, watched, logs))
                        .isPresent();
    }

    private record Mention(TxHash tx, BlockHash block) {}

    private boolean recordAll(ChainReader reader, Map<Address, PaymentRequestId> watched, List<EvmLog> logs) {
        Set<Mention> mentions = new LinkedHashSet<>();
        logs.forEach(log -> mentions.add(new Mention(log.txHash(), log.blockHash())));
        return mentions.stream().allMatch(mention -> record(reader, watched, mention));
    }

    /** False when the transaction is no longer where it was found. */
    private boolean record(ChainReader reader, Map<Address, PaymentRequestId> watched, Mention mention) {
        Optional<Receipt> receipt = reader.receipt(mention.tx())
                .filter(found -> found.blockHash().equals(mention.block()))
                .filter(Receipt::succeeded);
        Optional<BlockHeader> header = receipt.flatMap(_ -> reader.block(mention.block()));
        if (receipt.isEmpty() || header.isEmpty()) {
            return false;
        }
        var block =
                new Block(header.get().number(), mention.block(), header.get().timestamp());
        received(reader.chain(), receipt.get(), watched.keySet())
                .forEach(log -> request(watched, log)
                        .ifPresent(request -> transfers.record(request, mention.tx(), log, block)));
        return true;
    }

    private Optional<PaymentRequest> request(Map<Address, PaymentRequestId> watched, OrdinalTransfer log) {
        return Optional.ofNullable(watched.get(log.transfer().to())).flatMap(requests::findOfAnyPartner);
    }

    private static List<OrdinalTransfer> received(ChainSpec chain, Receipt receipt, Set<Address> watched) {
        if (receipt.isArbitrumInternal()) {
            return List.of();
        }
        List<Address> tokens = tokens(chain);
        return Erc20.transfers(receipt).stream()
                .filter(log -> tokens.contains(log.transfer().token()))
                .filter(log -> watched.contains(log.transfer().to()))
                .toList();
    }

    private static LogFilter filter(ChainReader reader, Map<Address, PaymentRequestId> watched) {
        return new LogFilter(tokens(reader.chain()), List.copyOf(watched.keySet()));
    }

    /** Bridges' look-alikes too: who paid in one of them is told so, instead of being left in silence. */
    private static List<Address> tokens(ChainSpec chain) {
        return Stream.concat(
                        chain.tokens().stream().map(token -> token.contract()),
                        chain.bridged().stream().map(token -> token.contract()))
                .toList();
    }
}
