package io.bursar.stablecoin.evm;

import java.util.Arrays;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Keys;

/**
 * One seed, any number of addresses: m/44'/60'/account'/0/index (BIP-44, coin type 60). Deriving an address takes no
 * look-up, so a request's deposit address is known before anything is written. Nothing here prints a key.
 */
public final class HdWallet {

    private static final int PURPOSE = 44 | Bip32ECKeyPair.HARDENED_BIT;
    private static final int COIN_TYPE_ETHER = 60 | Bip32ECKeyPair.HARDENED_BIT;
    private static final int EXTERNAL_CHAIN = 0;
    private static final int SEED_BYTES_SHORT = 32;
    private static final int SEED_BYTES_LONG = 64;

    private final Bip32ECKeyPair coin;

    private HdWallet(Bip32ECKeyPair coin) {
        this.coin = coin;
    }

    /** From 64 bytes (a BIP-39 seed) or 32 random ones. The array stays the caller's, to wipe when he likes. */
    public static HdWallet fromSeed(byte[] seed) {
        if (seed.length != SEED_BYTES_SHORT && seed.length != SEED_BYTES_LONG) {
            throw new IllegalArgumentException("seed: " + seed.length + " bytes (expected: 32 or 64)");
        }
        var root = Bip32ECKeyPair.generateKeyPair(Arrays.copyOf(seed, seed.length));
        return new HdWallet(derive(root, PURPOSE, COIN_TYPE_ETHER));
    }

    public Address address(int account, int index) {
        return key(account, index).address();
    }

    public Key key(int account, int index) {
        requireUnhardened("account", account);
        requireUnhardened("index", index);
        return new Key(Credentials.create(derive(coin, account | Bip32ECKeyPair.HARDENED_BIT, EXTERNAL_CHAIN, index)));
    }

    static Bip32ECKeyPair derive(Bip32ECKeyPair parent, int... path) {
        return Bip32ECKeyPair.deriveKeyPair(parent, path);
    }

    private static void requireUnhardened(String what, int number) {
        if (number < 0) {
            throw new IllegalArgumentException(what + ": " + number + " (expected: >= 0)");
        }
    }

    @Override
    public String toString() {
        return "HdWallet[secret]";
    }

    /** The key of one address, for signing. A class and not a record, so that no generated method can print it. */
    public static final class Key {

        private final Credentials credentials;
        private final Address address;

        private Key(Credentials credentials) {
            this.credentials = credentials;
            this.address = Address.of("0x" + Keys.getAddress(credentials.getEcKeyPair()));
        }

        public Address address() {
            return address;
        }

        Credentials credentials() {
            return credentials;
        }

        @Override
        public String toString() {
            return "Key[" + address + "]";
        }
    }
}
