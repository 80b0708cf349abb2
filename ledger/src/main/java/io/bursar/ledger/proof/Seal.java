package io.bursar.ledger.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;

/** A signed manifest, and the heads that its root is over, by account id. */
public record Seal(Manifest manifest, String signature, List<Head> heads) {
    static final String ALGORITHM = "Ed25519";

    public Seal {
        heads = List.copyOf(heads);
    }

    /** Whether the owner of this key signed the manifest, and the heads are those it is about. */
    public boolean isGenuine(PublicKey key) {
        MerkleTree tree = new MerkleTree();
        heads.forEach(head -> tree.add(head.leaf()));
        return heads.size() == manifest.accounts()
                && Text.hex(tree.root()).equals(manifest.headsRoot())
                && isSigned(manifest, signature, key);
    }

    /** Whether the owner of this key signed the manifest. */
    public static boolean isSigned(Manifest manifest, String signature, PublicKey key) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(manifest.text().getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
            return false;
        }
    }
}
