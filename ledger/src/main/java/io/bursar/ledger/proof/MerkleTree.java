package io.bursar.ledger.proof;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One hash over many leaves, as in RFC 6962: leaves and nodes are told apart by a first byte, and each node is over two
 * below it; one that has no neighbour goes up as it is. That a leaf is in it is shown by the neighbours on its way up.
 */
final class MerkleTree {
    private final List<byte[]> leaves = new ArrayList<>();
    private final Bytes bytes = new Bytes();

    void add(byte[] leaf) {
        leaves.add(leafHash(bytes, leaf));
    }

    byte[] root() {
        List<byte[]> level = leaves;
        while (level.size() > 1) {
            level = above(level);
        }
        return level.isEmpty() ? new Bytes().hash() : level.getFirst();
    }

    List<Proof.Step> path(int leaf) {
        List<Proof.Step> path = new ArrayList<>();
        List<byte[]> level = leaves;
        int place = leaf;
        while (level.size() > 1) {
            int neighbour = place ^ 1;
            if (neighbour < level.size()) {
                path.add(new Proof.Step(neighbour < place, Text.hex(level.get(neighbour))));
            }
            level = above(level);
            place /= 2;
        }
        return path;
    }

    private List<byte[]> above(List<byte[]> level) {
        List<byte[]> above = new ArrayList<>();
        for (int place = 0; place < level.size(); place += 2) {
            boolean single = place + 1 == level.size();
            above.add(single ? level.get(place) : node(bytes, level.get(place), level.get(place + 1)));
        }
        return above;
    }

    /** The root that these neighbours lead to from a leaf. */
    static byte[] root(byte[] leaf, List<Proof.Step> path) {
        Bytes bytes = new Bytes();
        byte[] hash = leafHash(bytes, leaf);
        for (Proof.Step step : path) {
            byte[] neighbour = HexFormat.of().parseHex(step.hash());
            hash = step.left() ? node(bytes, neighbour, hash) : node(bytes, hash, neighbour);
        }
        return hash;
    }

    private static byte[] leafHash(Bytes bytes, byte[] leaf) {
        return bytes.clear().flag(false).raw(leaf).hash();
    }

    private static byte[] node(Bytes bytes, byte[] left, byte[] right) {
        return bytes.clear().flag(true).raw(left).raw(right).hash();
    }
}
