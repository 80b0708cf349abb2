package io.bursar.stablecoin.evm;

/** The JSON of a small chain, for fakes to say. */
final class Wires {

    static final String TOKEN = "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913";
    static final String PAYER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    static final String DEPOSIT = "0x00000000000000000000000000000000000d3b05";
    static final String TX = "0x" + "11".repeat(32);

    private Wires() {}

    static String quantity(long value) {
        return "\"" + Hex.quantity(value) + "\"";
    }

    static String blockHash(long number) {
        return "0x%064x".formatted(number + 0xb10c_0000L);
    }

    static String header(long number) {
        return "{\"number\":\"0x%x\",\"hash\":\"%s\",\"parentHash\":\"%s\",\"timestamp\":\"0x6553f100\"}"
                .formatted(number, blockHash(number), blockHash(number - 1));
    }

    static String log(long block, int logIndex) {
        return log(TOKEN, block, logIndex);
    }

    static String log(String contract, long block, int logIndex) {
        return """
                {"address":"%s","topics":["%s","%s","%s"],"data":"0x%064x","blockHash":"%s","blockNumber":"0x%x",
                 "transactionHash":"%s","logIndex":"0x%x","removed":false}""".formatted(
                        contract,
                        Erc20.TRANSFER_TOPIC,
                        Address.of(PAYER).word(),
                        Address.of(DEPOSIT).word(),
                        12_500_000,
                        blockHash(block),
                        block,
                        TX,
                        logIndex);
    }

    static String receipt(long block, String... logs) {
        return """
                {"transactionHash":"%s","blockHash":"%s","blockNumber":"0x%x","status":"0x1","type":"0x2","from":"%s",
                 "logs":[%s]}""".formatted(TX, blockHash(block), block, PAYER, String.join(",", logs));
    }
}
