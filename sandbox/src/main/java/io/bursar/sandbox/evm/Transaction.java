package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.utils.Numeric;

/** A signed transaction, decoded; a legacy one has the same maximum fee and tip. */
record Transaction(
        Hash32 hash,
        String raw,
        boolean dynamicFee,
        @Nullable Long chainId,
        Address from,
        @Nullable Address to,
        long nonce,
        BigInteger value,
        long gasLimit,
        BigInteger feeMax,
        BigInteger tipMax,
        String input,
        String v,
        String r,
        String s) {
    private static final int RAW_DIGITS_MAX = 256 * 1024;

    static Transaction decode(String rawHex) {
        if (!rawHex.startsWith("0x") || rawHex.length() > RAW_DIGITS_MAX) {
            throw RpcException.invalidParams("raw transaction: not 0x… of at most " + RAW_DIGITS_MAX + " digits");
        }
        try {
            if (TransactionDecoder.decode(rawHex) instanceof SignedRawTransaction signed) {
                return from(signed, rawHex.toLowerCase(Locale.ROOT));
            }
        } catch (RuntimeException | SignatureException malformed) {
            throw RpcException.refused("rlp: " + malformed.getMessage());
        }
        throw RpcException.refused("transaction is not signed");
    }

    private static Transaction from(SignedRawTransaction signed, String raw) throws SignatureException {
        boolean dynamicFee = signed.getTransaction() instanceof Transaction1559;
        if (!dynamicFee && raw.startsWith("0x0")) {
            throw RpcException.refused("transaction type not supported");
        }
        var signature = signed.getSignatureData();
        var feeMax = signed.getTransaction() instanceof Transaction1559 typed
                ? typed.getMaxFeePerGas()
                : signed.getGasPrice();
        var tipMax = signed.getTransaction() instanceof Transaction1559 typed
                ? typed.getMaxPriorityFeePerGas()
                : signed.getGasPrice();
        var v = Numeric.toBigInt(signature.getV());
        return new Transaction(
                new Hash32(Hash.sha3(raw)),
                raw,
                dynamicFee,
                chainId(signed),
                Address.of(signed.getFrom()),
                destination(signed.getTo()),
                signed.getNonce().longValueExact(),
                signed.getValue(),
                signed.getGasLimit().longValueExact(),
                feeMax,
                tipMax,
                Numeric.prependHexPrefix(Optional.ofNullable(signed.getData()).orElse("")),
                Quantity.of(dynamicFee ? v.subtract(BigInteger.valueOf(27)) : v),
                Quantity.of(Numeric.toBigInt(signature.getR())),
                Quantity.of(Numeric.toBigInt(signature.getS())));
    }

    private static @Nullable Long chainId(SignedRawTransaction signed) {
        return signed.getTransaction() instanceof Transaction1559 typed
                ? Long.valueOf(typed.getChainId())
                : signed.getChainId();
    }

    private static @Nullable Address destination(@Nullable String to) {
        return to == null || to.length() <= 2 ? null : Address.of(to);
    }

    BigInteger costMax() {
        return value.add(feeMax.multiply(BigInteger.valueOf(gasLimit)));
    }

    BigInteger gasPrice(BigInteger baseFee) {
        return dynamicFee ? feeMax.min(baseFee.add(tipMax)) : feeMax;
    }
}
