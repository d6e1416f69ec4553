package io.millrace.batchjob.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangedInputStreamTests {

    private static final byte[] OBJECT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private final List<String> fetched = new ArrayList<>();

    @Test
    void bytesAreFetchedAChunkAtATimeWhenTheyAreAskedFor() throws IOException {
        var in = open(0);
        assertThat(fetched).isEmpty();
        assertThat(in.readNBytes(5)).asString().isEqualTo("01234");
        assertThat(fetched).containsExactly("0-4", "4-8");
        assertThat(in.readAllBytes()).asString().isEqualTo("56789");
        assertThat(fetched).containsExactly("0-4", "4-8", "8-10");
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void readingStartsAtAnOffset() throws IOException {
        assertThat(open(7).readAllBytes()).asString().isEqualTo("789");
        assertThat(open(10).readAllBytes()).isEmpty();
    }

    private RangedInputStream open(long offset) {
        return new RangedInputStream(
                OBJECT.length,
                offset,
                4,
                (from, to) -> {
                    fetched.add(from + "-" + to);
                    return Arrays.copyOfRange(OBJECT, (int) from, (int) to);
                });
    }
}
