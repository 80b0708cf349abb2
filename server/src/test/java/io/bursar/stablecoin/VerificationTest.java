package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.stablecoin.Verification.Asked;
import io.bursar.stablecoin.Verification.Known;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Erc20;
import io.bursar.stablecoin.evm.EvmLog;
import io.bursar.stablecoin.evm.Receipt;
import io.bursar.stablecoin.evm.TxHash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of payment as a table. Asked are 1000 units of USDC to the address "me", from 12:00 to 12:30.
 *
 * <p>Evidence is "unknown", "mempool" or the time of the block, "final" when it is so, "reverted" or "arbos" when it is
 * so, and the logs: amount, token and recipient, by commas. Known is "paid" when another transaction pays the request,
 * "used:0" when log 0 credits another request.
 */
class VerificationTest {
    private static final Address USDC = address("aa");
    private static final Address BRIDGED = address("bb");
    private static final Address ME = address("01");
    private static final Address OTHER = address("02");
    private static final Address SENDER = address("03");
    private static final TxHash TX = TxHash.of("0x" + "77".repeat(32));
    private static final BlockHash BLOCK = BlockHash.of("0x" + "88".repeat(32));
    private static final Asked ASKED = new Asked(USDC, ME, 1000, time("12:00"), time("12:30"));
    private static final BigInteger ABOVE_LONG = BigInteger.TWO.pow(63);

    @ParameterizedTest(name = "{0} | {1} | {2} gives {3}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # hash the chain knows nothing of, asked at
            unknown                             |       | 12:10 | waiting not_found        |
            unknown                             |       | 36:30 | waiting not_found        |
            unknown                             |       | 36:31 | failed not_found         |
            mempool                             |       | 12:10 | waiting in_mempool       |
            mempool                             |       | 48:00 | waiting in_mempool       |
            # what is paid
            12:10; 1000 usdc me                 |       | 12:10 | waiting waiting_finality | 0 exact 1000+0
            12:10 final; 1000 usdc me           |       | 12:20 | verified exact           | 0 exact 1000+0
            12:10 final; 1001 usdc me           |       | 12:20 | verified overpaid        | 0 overpaid 1000+1
            12:10 final; 999 usdc me            |       | 12:20 | failed wrong_amount      | 0 underpaid 0+999
            12:10; 999 usdc me                  |       | 12:20 | failed wrong_amount      | 0 underpaid 0+999
            # halves are not summed
            12:10; 500 usdc me, 500 usdc me |  | 12:20 | failed wrong_amount | 0 underpaid 0+500, 1 underpaid 0+500
            # when
            12:30 final; 1000 usdc me           |       | 12:40 | verified exact           | 0 exact 1000+0
            12:31 final; 1000 usdc me           |       | 12:40 | failed late              | 0 late 0+1000
            12:31 final; 999 usdc me            |       | 12:40 | failed late              | 0 late 0+999
            11:59 final; 1000 usdc me           |       | 12:40 | verified exact           | 0 exact 1000+0
            11:58 final; 1000 usdc me           |       | 12:40 | failed early             | 0 early 0+1000
            # to whom, in what
            12:10 final; 1000 usdc other        |       | 12:20 | failed wrong_recipient   |
            12:10 final;                        |       | 12:20 | failed wrong_recipient   |
            12:10 final; approval               |       | 12:20 | failed wrong_recipient   |
            12:10 final; 1000 nft me            |       | 12:20 | failed wrong_recipient   |
            12:10 final; 1000 removed me        |       | 12:20 | failed wrong_recipient   |
            12:10 final; 0 usdc me              |       | 12:20 | failed wrong_recipient   |
            12:10 final; 1000 bridged me        |       | 12:20 | failed wrong_token       | 0 wrong_token
            12:10 final; 1000 bridged me, 999 usdc me || 12:20 | failed wrong_amount | 0 wrong_token, 1 underpaid 0+999
            12:10 final; huge usdc me           |       | 12:20 | failed amount_out_of_range | 0 amount_out_of_range
            # the transaction as a whole
            12:10 final reverted; 1000 usdc me  |       | 12:20 | failed reverted          |
            12:10 final arbos; 1000 usdc me     |       | 12:20 | failed wrong_recipient   |
            # every log counts, and its place among all of them
            12:10 final; approval, 5 usdc other, 1000 usdc me|       | 12:20 | verified exact           | 2 exact 1000+0
            12:10 final; 999 usdc me, 1000 usdc me |  | 12:20 | verified exact | 0 underpaid 0+999, 1 exact 1000+0
            12:10 final; 1000 usdc me, 1000 usdc me |  | 12:20 | verified exact | 0 exact 1000+0, 1 duplicate 0+1000
            12:10 final; huge usdc me, 1000 usdc me |  | 12:20 | verified exact | 0 amount_out_of_range, 1 exact 1000+0
            # what is known
            12:10 final; 1000 usdc me           | paid  | 12:20 | failed duplicate         | 0 duplicate 0+1000
            12:10 final; 999 usdc me            | paid  | 12:20 | failed duplicate         | 0 duplicate 0+999
            12:31 final; 1000 usdc me           | paid  | 12:40 | failed duplicate         | 0 duplicate 0+1000
            12:10 final; 1000 usdc me           | used:0| 12:20 | failed tx_already_used   |
            12:10 final; 1000 usdc me, 1000 usdc me| used:0| 12:20 | verified exact           | 1 exact 1000+0
            """)
    void a_proof_is_judged_by_facts_alone(String evidence, String known, String now, String verdict, String transfers) {
        Verdict given = Verification.decide(ASKED, evidence(evidence), known(known), time(now));

        assertThat(words(given)).isEqualTo(verdict);
        assertThat(given.transfers().stream().map(VerificationTest::words).collect(Collectors.joining(", ")))
                .isEqualTo(transfers == null ? "" : transfers);
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Waiting(var reason, var _) -> "waiting " + reason.word();
            case Verdict.Failed(var reason, var _) -> "failed " + reason.word();
            case Verdict.Verified(var payment, var _) ->
                "verified " + payment.judgement().finding().word();
        };
    }

    private static String words(Verdict.Judged judged) {
        var words = judged.log().ordinal() + " " + judged.judgement().finding().word();
        return switch (judged.judgement()) {
            case Judgement.Bookable(var allocation) -> words + " " + allocation.wallet() + "+" + allocation.unclaimed();
            case Judgement.Unbookable _ -> words;
        };
    }

    private static Evidence evidence(String text) {
        return switch (text) {
            case "unknown" -> new Evidence.Unknown();
            case "mempool" -> new Evidence.InMempool();
            default -> mined(text.split(";", -1));
        };
    }

    private static Evidence mined(String[] blockAndLogs) {
        List<String> block = List.of(blockAndLogs[0].strip().split(" ", -1));
        var logs = new ArrayList<EvmLog>();
        Stream.of(blockAndLogs[1].split(",", -1))
                .map(String::strip)
                .filter(log -> !log.isEmpty())
                .forEach(log -> logs.add(log(log, 40 + logs.size())));
        var receipt = new Receipt(
                TX, BLOCK, 5, !block.contains("reverted"), block.contains("arbos") ? 0x6a : 2, SENDER, logs);
        return new Evidence.Mined(receipt, time(block.getFirst()), block.contains("final"));
    }

    private static EvmLog log(String text, long logIndex) {
        if (text.equals("approval")) {
            return new EvmLog(USDC, List.of("0x" + "8c".repeat(32)), "0x", false, BLOCK, 5, TX, logIndex);
        }
        String[] parts = text.split(" ", -1);
        var amount = parts[0].equals("huge") ? ABOVE_LONG : new BigInteger(parts[0]);
        var token = parts[1].equals("bridged") ? BRIDGED : USDC;
        var topics = new ArrayList<>(List.of(
                Erc20.TRANSFER_TOPIC, word(SENDER.hex()), word(parts[2].equals("me") ? ME.hex() : OTHER.hex())));
        if (parts[1].equals("nft")) {
            topics.add(word("0x01"));
        }
        return new EvmLog(
                token, topics, word("0x" + amount.toString(16)), parts[1].equals("removed"), BLOCK, 5, TX, logIndex);
    }

    private static Known known(String text) {
        List<String> words = text == null ? List.of() : Arrays.asList(text.split(" ", -1));
        Set<Integer> used = words.stream()
                .filter(word -> word.startsWith("used:"))
                .map(word -> Integer.valueOf(word.substring("used:".length())))
                .collect(Collectors.toSet());
        return new Known(words.contains("paid"), used);
    }

    private static String word(String hex) {
        return "0x" + "0".repeat(66 - hex.length()) + hex.substring(2);
    }

    private static Address address(String lastByte) {
        return Address.of("0x" + "00".repeat(19) + lastByte);
    }

    /** Hours may go beyond the day. */
    private static Instant time(String clock) {
        String[] parts = clock.split(":", -1);
        return Instant.parse("2026-03-02T00:00:00Z")
                .plusSeconds(Long.parseLong(parts[0]) * 3_600 + Long.parseLong(parts[1]) * 60);
    }
}
