package io.bursar.identity;

/** RFC 4648 without padding: how authenticator apps take secrets, and letters that survive being written down. */
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int waiting = 0;
        int bits = 0;
        for (byte each : bytes) {
            waiting = (waiting << Byte.SIZE) | (each & 0xff);
            for (bits += Byte.SIZE; bits >= BITS; bits -= BITS) {
                text.append(ALPHABET.charAt((waiting >>> (bits - BITS)) & 0x1f));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((waiting << (BITS - bits)) & 0x1f));
        }
        return text.toString();
    }
}
