package io.bursar.stablecoin.evm;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * EIP-681: what the QR code on the pay page holds, so that a wallet fills in token, network, recipient and amount
 * itself.
 */
public record PaymentUri(Address token, long chainId, Address to, BigInteger atomic) {

    private static final Pattern FORM = Pattern.compile("ethereum:(0x[0-9a-fA-F]{40})@([1-9][0-9]{0,17})/transfer"
            + "\\?address=(0x[0-9a-fA-F]{40})&uint256=(0|[1-9][0-9]{0,77})");

    public PaymentUri {
        if (chainId <= 0) {
            throw new IllegalArgumentException("chain id: " + chainId + " (expected: > 0)");
        }
        if (atomic.signum() <= 0 || atomic.bitLength() > 256) {
            throw new IllegalArgumentException("amount: " + atomic + " (expected: 1 to 2^256-1)");
        }
    }

    public static Optional<PaymentUri> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var atomic = new BigInteger(match.group(4));
        if (atomic.signum() == 0 || atomic.bitLength() > 256) {
            return Optional.empty();
        }
        var chainId = Long.parseLong(match.group(2));
        return Address.parse(match.group(1))
                .flatMap(token -> Address.parse(match.group(3)).map(to -> new PaymentUri(token, chainId, to, atomic)));
    }

    public String text() {
        return "ethereum:%s@%d/transfer?address=%s&uint256=%s"
                .formatted(token.checksummed(), chainId, to.checksummed(), atomic);
    }

    @Override
    public String toString() {
        return text();
    }
}
