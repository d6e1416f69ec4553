package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Event;
import io.millrace.events.LoadRequest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(WithPipeline.class)
class ResultTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant TIME = Instant.parse("2026-11-23T10:15:30Z");

    private final Eyes eyes;
    private final String id = "tests/" + UUID.randomUUID();

    ResultTests(Pipeline pipeline) {
        this.eyes = new Eyes(pipeline);
    }

    @Test
    void aResultLiesInTheTableAndInTheArchiveAndIsAnnounced() {
        eyes.send("LoadQueue", request(id, 7));
        var stored = eyes.announced(id, id::equals).data();
        assertThat(eyes.item(id)).containsKey("kind");
        assertThat(stored.key()).startsWith("archive/");
        assertThat(eyes.archived(stored).toString()).contains("order-7");
    }

    @Test
    void anEventThatComesThreeTimesHasItsEffectsOnce() {
        for (var time = 0; time < 3; time++) {
            eyes.send("LoadQueue", request(id, 8));
        }
        var after = id + "-after";
        eyes.send("LoadQueue", request(after, 9));
        var stored = eyes.announced(id, id::equals).data();
        eyes.announced(after, after::equals);
        assertThat(eyes.items(id)).isEqualTo(2);
        assertThat(eyes.announcements(id::equals)).hasSize(1);
        assertThat(eyes.objects(stored.key())).hasSize(1);
    }

    @Test
    void theOrderInWhichEventsComeChangesNothing() {
        var order = new ArrayList<Integer>();
        for (var number = 0; number < 30; number++) {
            order.add(number);
        }
        Collections.shuffle(order, new Random(1));
        order.forEach(number -> eyes.send("LoadQueue", request(id + "/" + number, number)));
        Eyes.eventually(
                "30 results",
                () ->
                        Optional.of(eyes.announcements(each -> each.startsWith(id + "/")))
                                .filter(all -> all.size() == 30));
        for (var number : order) {
            var stored = eyes.announced(id, (id + "/" + number)::equals).data();
            assertThat(eyes.archived(stored).toString()).contains("\"order-%d\"".formatted(number));
        }
    }

    @Test
    void whatIsNoEventAtAllEndsInTheDeadLettersWordForWord() {
        var garbage = "no JSON, \"" + id + "\" {";
        eyes.send("LoadQueue", garbage);
        var failure =
                eyes.deadLetter(
                        id, each -> each.payload().text().filter(garbage::equals).isPresent());
        assertThat(failure.origin()).contains("load");
        assertThat(failure.cause()).contains("CloudEvents");
    }

    private static Event<LoadRequest> request(String id, int order) {
        var payload =
                JSON.readTree(
                        "{\"eventName\":\"INSERT\",\"keys\":{\"pk\":\"o\"},\"newImage\":{\"type\":\"order\",\"id\":\"order-%d\"}}"
                                .formatted(order));
        return Event.of(id, URI.create("/tests"), TIME, new LoadRequest("record", payload));
    }
}
