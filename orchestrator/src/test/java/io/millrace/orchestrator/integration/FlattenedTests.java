package io.millrace.orchestrator.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlattenedTests {

    @Test
    void aPartIsOpenedWhenThoseBeforeItAreThrough() {
        var opened = new ArrayList<List<Integer>>();
        Iterator<Iterator<Integer>> parts =
                Stream.of(List.of(1, 2), List.<Integer>of(), List.of(3))
                        .peek(opened::add)
                        .map(List::iterator)
                        .iterator();

        var all = new Flattened<>(parts);

        assertThat(all.next()).isEqualTo(1);
        assertThat(all.next()).isEqualTo(2);
        assertThat(opened).containsExactly(List.of(1, 2));
        assertThat(all.next()).isEqualTo(3);
        assertThat(all.hasNext()).isFalse();
    }
}
