package io.millrace.errorhandler.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.errorhandler.deadletters.Replays.Outcome;
import io.millrace.events.Event;
import io.millrace.events.FailureRecord;
import io.millrace.events.FailureRecord.Payload;
import io.millrace.events.TraceParent;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLettersTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final FakeQueue queue = new FakeQueue();
    private final FakeReplays replays = new FakeReplays();
    private final DeadLetters letters = new DeadLetters(queue, replays);

    @Test
    void listingLeavesEverythingWhereItIs() {
        queue.put(message("1", "millrace-load", "A"), message("2", "millrace-load", "B"));

        assertThat(letters.list(Filter.ALL, 10))
                .extracting(DeadLetter::id)
                .containsExactly("1", "2");
        assertThat(queue.visible()).containsExactly("1", "2");
    }

    @Test
    void whatIsReplayedIsSentWhereItFailedAndLeaves() {
        queue.put(message("1", "millrace-load", "A"), message("2", "millrace-work-items", "B"));

        letters.replay(error("A"), 10, () -> {}, _ -> {});

        assertThat(replays.sent).containsExactly("millrace-load: 1");
        assertThat(queue.visible()).containsExactly("2");
    }

    @Test
    void aFailedExecutionGoesOnFromTheStateThatFailed() {
        queue.put(execution("1", "Render"));

        letters.replay(Filter.ALL, 10, () -> {}, _ -> {});

        assertThat(replays.sent).containsExactly("execution arn:1");
        assertThat(queue.visible()).isEmpty();
    }

    @Test
    void whatCannotBeSentStaysAndSaysWhy() {
        queue.put(message("1", "refused", "A"), foreign("2"));

        var replayed = letters.replay(Filter.ALL, 10, () -> {}, _ -> {});

        assertThat(replayed)
                .extracting(DeadLetters.Replayed::outcome)
                .containsExactly(
                        new Outcome.Refused("no such queue"),
                        new Outcome.Refused("it is no failure record: look at it, and drop it"));
        assertThat(queue.visible()).containsExactly("1", "2");
    }

    @Test
    void whatWasSentBeforeSomethingBrokeIsNotSentAgain() {
        queue.put(message("1", "millrace-load", "A"), message("2", "broken", "A"));

        assertThatThrownBy(() -> letters.replay(Filter.ALL, 10, () -> {}, _ -> {}))
                .hasMessage("the network is gone");

        assertThat(queue.visible()).containsExactly("2");
    }

    @Test
    void filtersTakeErrorStateOriginTimeAndId() {
        var letter = execution("abc1", "Render");

        assertThat(error("Image.*").fits(letter)).isTrue();
        assertThat(error("Image").fits(letter)).isFalse();
        assertThat(filter("state", "Render").fits(letter)).isTrue();
        assertThat(filter("state", "Load").fits(letter)).isFalse();
        assertThat(filter("origin", "*:image").fits(letter)).isTrue();
        assertThat(between(NOON, NOON.plusSeconds(1)).fits(letter)).isTrue();
        assertThat(between(NOON.minusSeconds(1), NOON).fits(letter)).isFalse();
        assertThat(ids("abc").fits(letter)).isTrue();
        assertThat(ids("bc1").fits(letter)).isFalse();
    }

    @Test
    void noMoreThanAskedForAreTouched() {
        queue.put(message("1", "q", "A"), message("2", "q", "A"), message("3", "q", "A"));

        letters.drop(Filter.ALL, 2);

        assertThat(queue.visible()).containsExactly("3");
    }

    @Test
    void aQueueThatSeemsEmptyIsAskedAgain() {
        queue.silentFirst = 2;
        queue.put(message("1", "q", "A"));

        assertThat(letters.list(Filter.ALL, 10)).hasSize(1);
    }

    @Test
    void thePaceIsKeptBeforeEach() {
        queue.put(message("1", "q", "A"), message("2", "q", "A"));
        var waits = new int[1];

        letters.replay(Filter.ALL, 10, () -> waits[0]++, _ -> {});

        assertThat(waits[0]).isEqualTo(2);
    }

    private static Filter error(String error) {
        return filter("error", error);
    }

    private static Filter filter(String what, String text) {
        return new Filter(
                Set.of(),
                Optional.of(text).filter(_ -> what.equals("error")),
                Optional.of(text).filter(_ -> what.equals("state")),
                Optional.of(text).filter(_ -> what.equals("origin")),
                Optional.empty(),
                Optional.empty());
    }

    private static Filter between(Instant since, Instant until) {
        return new Filter(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(since),
                Optional.of(until));
    }

    private static Filter ids(String id) {
        return new Filter(
                Set.of(id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static DeadLetter message(String id, String queue, String error) {
        return letter(id, queue, error, Optional.empty(), Optional.empty());
    }

    private static DeadLetter execution(String id, String state) {
        return letter(
                id,
                "arn:aws:states:us-east-1:000000000000:stateMachine:image",
                "Image.Unreadable",
                Optional.of("arn:" + id),
                Optional.of(state));
    }

    private static DeadLetter foreign(String id) {
        return new DeadLetter(id, id, "hello", Optional.empty());
    }

    private static DeadLetter letter(
            String id,
            String origin,
            String error,
            Optional<String> execution,
            Optional<String> state) {
        var failure =
                new FailureRecord(
                        origin,
                        error,
                        "because",
                        Payload.text(id),
                        Optional.empty(),
                        execution,
                        state,
                        5,
                        NOON);
        var event = Event.of("failure/" + id, URI.create("/tests"), NOON, failure);
        return new DeadLetter(id, id, "{}", Optional.of(event));
    }

    private static final class FakeQueue implements DeadLetterQueue {
        private final Deque<DeadLetter> waiting = new ArrayDeque<>();
        private int silentFirst;

        void put(DeadLetter... those) {
            waiting.addAll(List.of(those));
        }

        List<String> visible() {
            return waiting.stream().map(DeadLetter::messageId).toList();
        }

        @Override
        public List<DeadLetter> receive() {
            if (silentFirst-- > 0) {
                return List.of();
            }
            var received = new ArrayList<DeadLetter>();
            while (received.size() < 2 && !waiting.isEmpty()) {
                received.add(waiting.remove());
            }
            return received;
        }

        @Override
        public void release(List<DeadLetter> letters) {
            waiting.addAll(letters);
        }

        @Override
        public void delete(List<DeadLetter> letters) {
            assertThat(letters).noneMatch(waiting::contains);
        }
    }

    private static final class FakeReplays implements Replays {
        private final List<String> sent = new ArrayList<>();

        @Override
        public Outcome execution(
                String executionArn,
                String stateMachineArn,
                String name,
                Payload input,
                Optional<TraceParent> trace) {
            sent.add("execution " + executionArn);
            return new Outcome.Sent("redriven");
        }

        @Override
        public Outcome message(String queue, Payload body, Optional<TraceParent> trace) {
            switch (queue) {
                case "refused" -> {
                    return new Outcome.Refused("no such queue");
                }
                case "broken" -> throw new IllegalStateException("the network is gone");
                default -> sent.add(queue + ": " + body.text().orElseThrow());
            }
            return new Outcome.Sent("sent");
        }
    }
}
