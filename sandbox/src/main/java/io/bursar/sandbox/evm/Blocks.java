package io.bursar.sandbox.evm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The canonical chain in memory: segments by their first number, and where each transaction is. */
final class Blocks {
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private final Map<Hash32, Location> locations = new HashMap<>();

    private record Location(long number, int index) {}

    Blocks(Hash32 genesis, long timestamp) {
        put(new Segment.Full(new Block(0, genesis, Hash32.ZERO, timestamp, List.of()), 0));
    }

    Block head() {
        var last = last();
        return last.block(last.last());
    }

    Segment last() {
        return segments.lastEntry().getValue();
    }

    void put(Segment segment) {
        segments.put(segment.first(), segment);
        if (segment instanceof Segment.Full full) {
            for (var mined : full.block().transactions()) {
                locations.put(mined.transaction().hash(), new Location(full.first(), mined.index()));
            }
        }
    }

    /** Removes everything after {@code keep} and answers the transactions that were there, in order. */
    List<Transaction> rewind(long keep) {
        var removed = new ArrayList<Transaction>();
        for (var segment : segments.tailMap(keep, false).values()) {
            if (segment instanceof Segment.Full full) {
                full.block().transactions().forEach(mined -> removed.add(mined.transaction()));
            }
        }
        segments.tailMap(keep, false).clear();
        removed.forEach(transaction -> locations.remove(transaction.hash()));
        if (last() instanceof Segment.IdleRun run && run.last() > keep) {
            put(run.ending(keep));
        }
        return removed;
    }

    Optional<Block> byNumber(long number) {
        var entry = segments.floorEntry(number);
        return Optional.ofNullable(entry)
                .map(Map.Entry::getValue)
                .filter(segment -> number <= segment.last())
                .map(segment -> segment.block(number));
    }

    Optional<Block> byHash(Hash32 hash) {
        return byNumber(BlockHash.numberIn(hash)).filter(block -> block.hash().equals(hash));
    }

    Hash32 genesis() {
        return segments.firstEntry().getValue().block(0).hash();
    }

    Optional<Block> holding(Hash32 transaction) {
        return Optional.ofNullable(locations.get(transaction)).flatMap(location -> byNumber(location.number()));
    }

    Optional<Mined> mined(Hash32 transaction) {
        return Optional.ofNullable(locations.get(transaction))
                .flatMap(location -> byNumber(location.number())
                        .map(block -> block.transactions().get(location.index())));
    }

    /** Blocks with transactions in this range, both ends included. */
    Stream<Block> full(long from, long to) {
        if (from > to) {
            return Stream.empty();
        }
        return List.copyOf(segments.subMap(from, true, to, true).values()).stream()
                .filter(Segment.Full.class::isInstance)
                .map(segment -> ((Segment.Full) segment).block());
    }
}
