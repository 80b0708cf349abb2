package io.bursar.ledger.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Ed25519 key that seals are signed with. It comes from wherever the caller keeps it, and never from the database:
 * who can rewrite that must not be able to sign.
 */
public final class SigningKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");
    private static final String EXAMPLE = "ab";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        byte[] example = EXAMPLE.getBytes(StandardCharsets.UTF_8);
        if (!fits(example)) {
            throw new IllegalArgumentException("signing key: two halves that do not belong together");
        }
    }

    /** Both halves in PEM, as {@code openssl genpkey -algorithm ed25519} and {@code openssl pkey -pubout} write. */
    public static SigningKey parse(String pem) {
        try {
            KeyFactory keys = KeyFactory.getInstance(Seal.ALGORITHM);
            return new SigningKey(keys.generatePrivate(new PKCS8EncodedKeySpec(block(pem, "PRIVATE"))), publicKey(pem));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("signing key: not an Ed25519 key", e);
        }
    }

    /** The half that checks. */
    public static PublicKey publicKey(String pem) {
        try {
            return KeyFactory.getInstance(Seal.ALGORITHM).generatePublic(new X509EncodedKeySpec(block(pem, "PUBLIC")));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("public key: not an Ed25519 key", e);
        }
    }

    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(Seal.ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    private static byte[] block(String pem, String half) {
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            if (half.equals(blocks.group(1))) {
                return Base64.getMimeDecoder().decode(blocks.group(2));
            }
        }
        throw new IllegalArgumentException("signing key: no " + half + " KEY in PEM (expected: both halves)");
    }

    private boolean fits(byte[] example) {
        try {
            Signature check = Signature.getInstance(Seal.ALGORITHM);
            check.initVerify(publicKey);
            check.update(example);
            return check.verify(sign(example));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] sign(byte[] text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(Seal.ALGORITHM);
        signature.initSign(privateKey);
        signature.update(text);
        return signature.sign();
    }

    String sign(String text) {
        try {
            return Base64.getEncoder().encodeToString(sign(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that signed before no longer does", e);
        }
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** Both halves in PEM. Whoever keeps it keeps a secret. */
    public String pem() {
        return block("PRIVATE", privateKey.getEncoded()) + block("PUBLIC", publicKey.getEncoded());
    }

    private static String block(String half, byte[] encoded) {
        return "-----BEGIN %s KEY-----%n%s%n-----END %s KEY-----%n"
                .formatted(half, Base64.getEncoder().encodeToString(encoded), half);
    }
}
