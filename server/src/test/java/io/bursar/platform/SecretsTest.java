package io.bursar.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final byte[] PLAIN = "whsec_example".getBytes(StandardCharsets.UTF_8);
    private final Secrets secrets = new Secrets(new byte[Secrets.KEY_BYTES]);

    @Test
    void a_sealed_value_opens_in_its_own_place_only() {
        byte[] sealed = secrets.seal("endpoint/1", PLAIN);
        assertThat(secrets.open("endpoint/1", sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> secrets.open("endpoint/2", sealed)).hasMessageContaining("does not open");
    }

    @Test
    void every_sealing_looks_different() {
        assertThat(secrets.seal("endpoint/1", PLAIN)).isNotEqualTo(secrets.seal("endpoint/1", PLAIN));
    }

    @Test
    void any_changed_byte_is_noticed() {
        byte[] sealed = secrets.seal("endpoint/1", PLAIN);
        for (int place = 0; place < sealed.length; place++) {
            byte[] changed = sealed.clone();
            changed[place] ^= 1;
            assertThatThrownBy(() -> secrets.open("endpoint/1", changed)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void another_key_is_named_as_the_cause() {
        byte[] sealed = secrets.seal("endpoint/1", PLAIN);
        byte[] key = new byte[Secrets.KEY_BYTES];
        key[0] = 1;
        assertThatThrownBy(() -> new Secrets(key).open("endpoint/1", sealed)).hasMessageContaining("ENCRYPTION_KEY");
    }
}
