package io.millrace.orchestrator.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTokensTests {

    private static final List<String> TEXTS = List.of("machine:näme", "0/4.1", "17", "nonce");

    private final TaskTokens tokens = new TaskTokens(key(1));

    @Test
    void whatWasSealedIsOpened() {
        assertThat(tokens.open(tokens.seal(TEXTS))).contains(TEXTS);
    }

    @Test
    void aTokenOfAnotherKeyIsNone() {
        assertThat(tokens.open(new TaskTokens(key(2)).seal(TEXTS))).isEmpty();
    }

    @Test
    void aChangedTokenIsNone() {
        var token = tokens.seal(TEXTS);
        // The last character has bits that say nothing.
        for (var i = 0; i < token.length() - 1; i++) {
            var other = token.charAt(i) == 'A' ? 'B' : 'A';
            var changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.open(changed)).as(changed).isEmpty();
        }
        assertThat(tokens.open("")).isEmpty();
        assertThat(tokens.open("not a token!")).isEmpty();
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new TaskTokens(new byte[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 bytes");
    }

    private static byte[] key(int fill) {
        var key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
