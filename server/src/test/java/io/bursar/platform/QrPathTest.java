package io.bursar.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrPathTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");
    private static final int QUIET = 4;

    @Test
    void the_path_darkens_exactly_the_modules_of_the_code() {
        String text = "ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer?address=0x00&uint256=1";
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        QrPath path = QrPath.of(text);

        boolean[][] drawn = new boolean[path.size()][path.size()];
        RUN.matcher(path.path()).results().forEach(run -> draw(drawn, run));

        boolean[][] expected = new boolean[path.size()][path.size()];
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                expected[y + QUIET][x + QUIET] = code.getModule(x, y);
            }
        }
        assertThat(Arrays.deepEquals(drawn, expected)).isTrue();
        assertThat(path.path().replaceAll(RUN.pattern(), "")).isEmpty();
    }

    private static void draw(boolean[][] drawn, MatchResult run) {
        int x = Integer.parseInt(run.group(1));
        int y = Integer.parseInt(run.group(2));
        Arrays.fill(drawn[y], x, x + Integer.parseInt(run.group(3)), true);
    }
}
