package io.bursar.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes as a page can show them: as the text they are, or else in hex. Not more than anybody reads. */
final class RawText {
    private static final int TEXT_LENGTH_MAX = 64 * 1024;
    private static final int HEX_BYTES_MAX = 4 * 1024;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private RawText() {}

    static String of(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String shown = text.replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\\n\\t]]", "\uFFFD");
            return shown.length() <= TEXT_LENGTH_MAX ? shown : shown.substring(0, TEXT_LENGTH_MAX) + "…";
        } catch (CharacterCodingException notText) {
            String shown = HEX.formatHex(bytes, 0, Math.min(bytes.length, HEX_BYTES_MAX));
            return bytes.length <= HEX_BYTES_MAX ? shown : shown + " …";
        }
    }
}
