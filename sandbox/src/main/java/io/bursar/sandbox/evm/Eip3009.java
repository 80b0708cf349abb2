package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.security.SignatureException;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Who signed a transfer authorization; the nine arguments of the call are the message and its signature. */
final class Eip3009 {
    static final Hash32 TRANSFER = Words.keccakOfText("TransferWithAuthorization("
            + "address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)");
    static final Hash32 RECEIVE = Words.keccakOfText("ReceiveWithAuthorization("
            + "address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)");

    private static final Hash32 DOMAIN =
            Words.keccakOfText("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final int MESSAGE_WORDS = 6;
    private static final int V = 6;
    private static final int R = 7;
    private static final int S = 8;

    private Eip3009() {}

    static Hash32 domainSeparator(TokenSpec token, long chainId) {
        return Words.keccak(Words.of(DOMAIN)
                + Words.of(Words.keccakOfText(token.name()))
                + Words.of(Words.keccakOfText(token.version()))
                + Words.of(BigInteger.valueOf(chainId))
                + Words.of(token.address()));
    }

    static Address signer(Hash32 type, Hash32 domainSeparator, String data) {
        var message = new StringBuilder(Words.of(type));
        for (int i = 0; i < MESSAGE_WORDS; i++) {
            message.append(Words.argument(data, i));
        }
        var digest = Words.keccak("1901" + Words.of(domainSeparator) + Words.of(Words.keccak(message.toString())));
        var signature = new Sign.SignatureData(
                Numeric.toBytesPadded(Words.number(data, V), 32)[31],
                Numeric.hexStringToByteArray(Words.argument(data, R)),
                Numeric.hexStringToByteArray(Words.argument(data, S)));
        try {
            var key = Sign.signedMessageHashToKey(Numeric.hexStringToByteArray(digest.hex()), signature);
            return Address.of("0x" + Keys.getAddress(key));
        } catch (SignatureException | RuntimeException invalid) {
            throw new RevertException("ECRecover: invalid signature");
        }
    }
}
