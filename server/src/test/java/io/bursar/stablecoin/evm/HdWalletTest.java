package io.bursar.stablecoin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.MnemonicUtils;

class HdWalletTest {

    private static final String JUNK = "test test test test test test test test test test test junk";
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /** Test vectors 1, 3 and 4 of BIP-32; 3 and 4 are the ones with leading zeros that libraries get wrong. */
    @ParameterizedTest
    @CsvFileSource(resources = "bip32-vectors.csv", numLinesToSkip = 1)
    void derivation_gives_the_keys_of_bip_32(String seed, String path, String extendedKey) {
        var root = Bip32ECKeyPair.generateKeyPair(HexFormat.of().parseHex(seed));
        var steps = Arrays.stream(path.split("/", -1))
                .mapToInt(step -> step.endsWith("'")
                        ? Integer.parseInt(step.substring(0, step.length() - 1)) | Bip32ECKeyPair.HARDENED_BIT
                        : Integer.parseInt(step))
                .toArray();

        assertThat(HdWallet.derive(root, steps).getPrivateKey()).isEqualTo(privateKey(extendedKey));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "1, 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "2, 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
        "9, 0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"
    })
    void the_well_known_test_mnemonic_gives_its_well_known_addresses(int index, String address) {
        var wallet = HdWallet.fromSeed(MnemonicUtils.generateSeed(JUNK, ""));

        assertThat(wallet.address(0, index).checksummed()).isEqualTo(address);
    }

    @Test
    void every_account_and_index_has_its_own_address_and_always_the_same() {
        var seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        var wallet = HdWallet.fromSeed(seed);

        assertThat(wallet.address(0, 0)).isNotEqualTo(wallet.address(0, 1)).isNotEqualTo(wallet.address(1, 0));
        assertThat(wallet.address(3, 5)).isEqualTo(HdWallet.fromSeed(seed).address(3, 5));
        assertThat(wallet.key(3, 5).address()).isEqualTo(wallet.address(3, 5));
    }

    @Test
    void a_seed_or_number_out_of_range_is_refused() {
        var wallet = HdWallet.fromSeed(new byte[64]);

        assertThatIllegalArgumentException().isThrownBy(() -> HdWallet.fromSeed(new byte[16]));
        assertThatIllegalArgumentException().isThrownBy(() -> wallet.address(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> wallet.address(0, -1));
    }

    @Test
    void nothing_prints_a_key() {
        var wallet = HdWallet.fromSeed(MnemonicUtils.generateSeed(JUNK, ""));
        var key = wallet.key(0, 0);

        assertThat(wallet).hasToString("HdWallet[secret]");
        assertThat(key).hasToString("Key[0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266]");
    }

    /** Base58check of an xprv: the last 32 of its 78 bytes are the key. */
    private static BigInteger privateKey(String extendedKey) {
        var number = BigInteger.ZERO;
        for (int i = 0; i < extendedKey.length(); i++) {
            number = number.multiply(BigInteger.valueOf(58))
                    .add(BigInteger.valueOf(BASE58.indexOf(extendedKey.charAt(i))));
        }
        var bytes = number.toByteArray();
        var body = Arrays.copyOf(bytes, 78);
        var checksum = Arrays.copyOf(Hash.sha256(Hash.sha256(body)), 4);
        assertThat(Arrays.copyOfRange(bytes, 78, 82)).as("checksum").isEqualTo(checksum);
        return new BigInteger(1, Arrays.copyOfRange(body, 46, 78));
    }
}
