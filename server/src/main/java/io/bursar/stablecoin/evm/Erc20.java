package io.bursar.stablecoin.evm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ERC-20 wire format: Transfer events in, call data out. */
public final class Erc20 {

    public static final String TRANSFER_TOPIC = Hex.keccak("Transfer(address,address,uint256)");

    private static final int TRANSFER_TOPICS = 3;
    private static final int SELECTOR_HEX_CHARS = 10;
    private static final int WORD_BYTES = 32;
    private static final int TEXT_BYTES_MAX = 256;

    private Erc20() {}

    /** Money that a token contract says it moved. The sender is what the event names, which need not be who signed. */
    public record Transfer(Address token, Address from, Address to, TokenAmount amount) {}

    /** A Transfer with its ordinal among all logs of its receipt: with the hash, its identity for ever. */
    public record OrdinalTransfer(int ordinal, Transfer transfer) {}

    /**
     * The Transfer a log holds, if it is one: not removed by a reorg, exactly three topics of the right shape (four
     * are an ERC-721), exactly one word of data. Whose token it is, the caller must ask.
     */
    public static Optional<Transfer> transfer(EvmLog log) {
        var topics = log.topics();
        if (log.removed()
                || topics.size() != TRANSFER_TOPICS
                || !TRANSFER_TOPIC.equalsIgnoreCase(topics.getFirst())
                || !Hex.isWord(log.data())) {
            return Optional.empty();
        }
        var amount = TokenAmount.of(Hex.quantity(log.data()));
        return Address.ofWord(topics.get(1))
                .flatMap(
                        from -> Address.ofWord(topics.get(2)).map(to -> new Transfer(log.address(), from, to, amount)));
    }

    /**
     * All Transfers of a receipt. Other logs are skipped and still counted, so ordinals never depend on what we
     * understand.
     */
    public static List<OrdinalTransfer> transfers(Receipt receipt) {
        var found = new ArrayList<OrdinalTransfer>();
        for (int ordinal = 0; ordinal < receipt.logs().size(); ordinal++) {
            var place = ordinal;
            transfer(receipt.logs().get(ordinal))
                    .ifPresent(transfer -> found.add(new OrdinalTransfer(place, transfer)));
        }
        return List.copyOf(found);
    }

    public static String decimalsCall() {
        return selector("decimals()");
    }

    public static String symbolCall() {
        return selector("symbol()");
    }

    public static String nameCall() {
        return selector("name()");
    }

    public static String versionCall() {
        return selector("version()");
    }

    public static String balanceOfCall(Address owner) {
        return selector("balanceOf(address)") + owner.word().substring(2);
    }

    public static String transferCall(Address to, BigInteger atomic) {
        return selector("transfer(address,uint256)") + to.word().substring(2) + Hex.word(atomic);
    }

    /** A uint256 that a call returned; empty when it returned anything but one word. */
    public static Optional<BigInteger> uint(String returned) {
        return Hex.isWord(returned) ? Optional.of(Hex.quantity(returned)) : Optional.empty();
    }

    /** A string that a call returned, also in the bytes32 form of early tokens; empty when it is neither. */
    public static Optional<String> text(String returned) {
        if (!Hex.isBytes(returned)) {
            return Optional.empty();
        }
        var bytes = Hex.bytes(returned);
        return bytes.length == WORD_BYTES ? fixedText(bytes) : dynamicText(bytes);
    }

    private static Optional<String> dynamicText(byte[] bytes) {
        if (bytes.length < 2 * WORD_BYTES) {
            return Optional.empty();
        }
        var offset = new BigInteger(1, Arrays.copyOfRange(bytes, 0, WORD_BYTES));
        var length = new BigInteger(1, Arrays.copyOfRange(bytes, WORD_BYTES, 2 * WORD_BYTES));
        var room = BigInteger.valueOf(Math.min(TEXT_BYTES_MAX, bytes.length - 2L * WORD_BYTES));
        if (!offset.equals(BigInteger.valueOf(WORD_BYTES)) || length.compareTo(room) > 0) {
            return Optional.empty();
        }
        return utf8(Arrays.copyOfRange(bytes, 2 * WORD_BYTES, 2 * WORD_BYTES + length.intValueExact()));
    }

    private static Optional<String> fixedText(byte[] word) {
        int length = 0;
        while (length < word.length && word[length] != 0) {
            length++;
        }
        return length == 0 ? Optional.empty() : utf8(Arrays.copyOf(word, length));
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static String selector(String signature) {
        return Hex.keccak(signature).substring(0, SELECTOR_HEX_CHARS);
    }
}
