package io.millrace.batchjob.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.WorkDone;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch from its start to its announcement, over fakes, in virtual time and without threads. */
class BatchTests {

    private static final URI SOURCE = URI.create("/millrace/batch-job");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final InMemoryJobs jobs = new InMemoryJobs();
    private final InMemoryDoneLines done = new InMemoryDoneLines();
    private final InMemoryObjects objects = new InMemoryObjects();
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final Completion completion =
            new Completion(jobs, done, outbox, LEASE, SOURCE, () -> now);
    private final Reader reader =
            new Reader(
                    jobs,
                    objects,
                    outbox,
                    completion,
                    new ReaderSettings(10, 1000, LEASE, Duration.ofSeconds(5)),
                    SOURCE,
                    () -> now);
    private final Batches batches = replica("one");
    private final ProgressView view = new ProgressView(jobs, done, () -> now);

    @Test
    void everyLineBecomesAWorkItemWithAnIdOfItsOwn() {
        var job = start(lines(25));
        assertThat(outbox.items).hasSize(25);
        assertThat(outbox.items.getLast().id()).isEqualTo(job.id() + "/25");
        assertThat(outbox.items.getLast().data().item().path("id").asString()).isEqualTo("25");
        assertThat(outbox.completed).isEmpty();
    }

    @Test
    void theBatchIsCompleteOnceWhenItsLastLineIsDone() {
        var job = start(lines(25));
        finish(job, 1, 24);
        assertThat(outbox.completed).isEmpty();
        finish(job, 24, 25);
        finish(job, 1, 25);
        assertThat(outbox.completed)
                .extracting(Event::data)
                .containsExactly(new BatchCompleted(job.id(), 25, 0));
        assertThat(stored(job).status()).isEqualTo(JobStatus.COMPLETE);
    }

    @Test
    void linesInAnyOrderAndTwiceMakeItCompleteOnce() {
        var job = start(lines(2300));
        var numbers =
                IntStream.rangeClosed(1, 2300)
                        .boxed()
                        .flatMap(number -> List.of(number, number).stream())
                        .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(numbers, new Random(7));
        numbers.forEach(number -> finish(job, number, number));
        assertThat(outbox.completed).hasSize(1);
    }

    @Test
    void linesThatAreDoneBeforeTheReaderHasFinishedDoNotLoseTheCompletion() {
        objects.put("a.csv", lines(25));
        batches.start(
                request(),
                job -> {
                    finish(job, 1, 25);
                    assertThat(outbox.completed).isEmpty();
                    reader.read(job, () -> false);
                    batches.left(job);
                });
        assertThat(outbox.completed).hasSize(1);
    }

    @Test
    void malformedLinesGoToTheFailuresWholeWithTheirNumbers() {
        var job = start("id,name\n1,a\nbroken\n3,c\n");
        assertThat(outbox.failures)
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.event().id()).isEqualTo(job.id() + "/2");
                    assertThat(failure.event().data().item().asString()).isEqualTo("broken");
                    assertThat(failure.reason())
                            .contains("record 2", "line 3 of s3://bucket/a.csv", "1 columns");
                });
        finish(job, 1, 1);
        finish(job, 3, 3);
        assertThat(outbox.completed)
                .extracting(Event::data)
                .containsExactly(new BatchCompleted(job.id(), 3, 1));
    }

    @Test
    void anEmptyBatchIsCompleteAtOnce() {
        var job = start("id,name\n");
        assertThat(outbox.completed)
                .extracting(Event::data)
                .containsExactly(new BatchCompleted(job.id(), 0, 0));
    }

    @Test
    void aBatchOfMalformedLinesOnlyIsCompleteAtOnce() {
        start("id,name\nx\ny\n");
        assertThat(outbox.completed).hasSize(1);
    }

    @Test
    void twoSchedulersThatFireTogetherStartOneJob() {
        objects.put("a.csv", lines(5));
        var request = new BatchRequest("bucket", "a.csv", Optional.of("2026-11-23T10:00:00Z"));
        var one = batches.start(request, this::read);
        var two = replica("two").start(request, this::read);
        assertThat(one).isInstanceOf(StartResult.Started.class);
        assertThat(two).isInstanceOf(StartResult.Repeated.class);
        assertThat(outbox.items).hasSize(5);
        assertThat(batches.start(request(), this::read)).isInstanceOf(StartResult.Started.class);
    }

    @Test
    void whatIsNoObjectOrOfNoKnownFormatIsRefused() {
        assertThat(batches.start(request(), this::read))
                .isInstanceOfSatisfying(
                        StartResult.Refused.class,
                        refused ->
                                assertThat(refused.detail())
                                        .contains("no object s3://bucket/a.csv"));
        objects.put("a.parquet", "x");
        assertThat(
                        batches.start(
                                new BatchRequest("bucket", "a.parquet", Optional.empty()),
                                this::read))
                .isInstanceOf(StartResult.Refused.class);
        assertThatThrownBy(() -> new BatchRequest("", "x", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aJobThatWasKilledIsReadOnByAnotherReplica() {
        objects.put("a.csv", lines(25));
        outbox.diesAt = 3;
        var job = started(batches.start(request(), this::read));
        assertThat(outbox.items).as("two pages were sent").hasSize(20);
        assertThat(stored(job).reading().sent()).isEqualTo(20);
        var two = replica("two");
        two.takeOver(this::read);
        assertThat(outbox.items).as("its owner may still live").hasSize(20);
        now = now.plus(LEASE);
        two.takeOver(this::read);
        assertThat(outbox.items).hasSize(25);
        assertThat(outbox.items.stream().map(Event::id).distinct()).hasSize(25);
        finish(job, 1, 25);
        assertThat(outbox.completed).hasSize(1);
    }

    @Test
    void aReplicaThatWasTakenForDeadStopsAtItsNextPage() {
        objects.put("a.csv", lines(50));
        batches.start(
                request(),
                job -> {
                    now = now.plus(LEASE);
                    jobs.take(job, "two", now.plus(LEASE));
                    reader.read(job, () -> false);
                });
        assertThat(outbox.items).hasSize(10);
    }

    @Test
    void anAnnouncementThatDiedIsRepeatedWithTheSameId() {
        var job = start(lines(5));
        outbox.diesAt = 1;
        assertThatThrownBy(() -> finish(job, 1, 5)).isInstanceOf(IllegalStateException.class);
        assertThat(stored(job).status()).isEqualTo(JobStatus.COMPLETING);
        batches.takeOver(this::goOn);
        assertThat(outbox.completed).as("it may still be on its way").isEmpty();
        now = now.plus(LEASE);
        batches.takeOver(this::goOn);
        assertThat(outbox.completed).extracting(Event::id).containsExactly(job.id() + "/completed");
        assertThat(stored(job).status()).isEqualTo(JobStatus.COMPLETE);
    }

    @Test
    void aReaderThatDiedAfterTheLastPageIsMadeUpFor() {
        var job = start(lines(5));
        // All lines are noted, but nobody saw that they are all.
        IntStream.rangeClosed(1, 5).forEach(line -> done.add(job.id(), 0, List.of((long) line)));
        assertThat(outbox.completed).isEmpty();
        now = now.plus(LEASE);
        batches.takeOver(this::goOn);
        assertThat(outbox.completed).hasSize(1);
    }

    @Test
    void aStoppedReplicaLeavesItsJobsToOthersAtOnce() {
        objects.put("a.csv", lines(25));
        batches.start(
                request(),
                job -> {
                    reader.read(job, () -> outbox.items.size() >= 10);
                    batches.left(job);
                });
        assertThat(outbox.items).hasSize(10);
        replica("two").takeOver(this::read);
        assertThat(outbox.items).hasSize(25);
    }

    @Test
    void anObjectThatIsLostFailsItsJobAndGoesToTheFailures() {
        objects.put("a.csv", lines(25));
        var job =
                started(
                        batches.start(
                                request(),
                                held -> {
                                    objects.remove("a.csv");
                                    reader.read(held, () -> false);
                                }));
        assertThat(stored(job).status()).isEqualTo(JobStatus.FAILED);
        assertThat(outbox.unreadable)
                .singleElement()
                .satisfies(lost -> assertThat(lost.reason()).contains("not there any more"));
    }

    @Test
    void moreJobsThanThereIsRoomForWait() {
        for (var key : List.of("a.csv", "b.csv", "c.csv")) {
            objects.put(key, lines(1));
        }
        var held = new ArrayList<Job>();
        for (var key : List.of("a.csv", "b.csv", "c.csv")) {
            batches.start(new BatchRequest("bucket", key, Optional.empty()), held::add);
        }
        assertThat(held).hasSize(2);
        batches.left(held.getFirst());
        batches.takeOver(held::add);
        assertThat(held).extracting(job -> job.source().key()).contains("c.csv");
    }

    @Test
    void aPausedJobSendsNoMoreThanItsPageAndGoesOnWhereItWas() {
        objects.put("a.csv", lines(25));
        var control = new JobControl(jobs, () -> now);
        var job =
                started(
                        batches.start(
                                request(),
                                held -> {
                                    var pages = new AtomicInteger();
                                    reader.read(
                                            held,
                                            () -> {
                                                if (pages.incrementAndGet() == 2) {
                                                    control.pause(held.id());
                                                }
                                                return false;
                                            });
                                    batches.left(held);
                                }));
        assertThat(stored(job).status()).isEqualTo(JobStatus.PAUSED);
        assertThat(outbox.items).hasSize(20);
        batches.takeOver(this::read);
        assertThat(outbox.items).hasSize(20);

        assertThat(control.resume(job.id())).isInstanceOf(ControlResult.Changed.class);
        batches.takeOver(this::read);
        assertThat(outbox.items.stream().map(Event::id).distinct()).hasSize(25);
        finish(job, 1, 25);
        assertThat(outbox.completed).hasSize(1);
    }

    @Test
    void aCancelledJobIsNeitherReadOnNorAnnounced() {
        objects.put("a.csv", lines(25));
        var control = new JobControl(jobs, () -> now);
        var job = started(batches.start(request(), batches::left));
        assertThat(control.cancel(job.id())).isInstanceOf(ControlResult.Changed.class);
        now = now.plus(LEASE);
        batches.takeOver(this::read);
        assertThat(outbox.items).isEmpty();
        finish(job, 1, 25);
        assertThat(outbox.completed).isEmpty();
    }

    @Test
    void whatCannotBePausedResumedOrCancelledIsSaidWithTheReason() {
        var control = new JobControl(jobs, () -> now);
        var job = start(lines(5));
        assertThat(control.pause(job.id()))
                .isEqualTo(
                        new ControlResult.Refused(
                                "job %s cannot be paused: all its lines are sent"
                                        .formatted(job.id())));
        finish(job, 1, 5);
        assertThat(control.cancel(job.id()))
                .isEqualTo(
                        new ControlResult.Refused(
                                "job %s cannot be cancelled: it is complete".formatted(job.id())));
        assertThat(control.resume("none")).isEqualTo(new ControlResult.Unknown("none"));
    }

    @Test
    void progressTellsWhatIsSentDoneFailedAndLeft() {
        var job =
                start(
                        "id,name\nbroken\n"
                                + IntStream.rangeClosed(1, 9)
                                        .mapToObj(n -> n + ",x\n")
                                        .collect(Collectors.joining()));
        now = now.plusSeconds(10);
        finish(job, 2, 5);
        var progress = view.of(job.id()).orElseThrow();
        assertThat(progress.total()).hasValue(10);
        assertThat(progress.sent()).isEqualTo(9);
        assertThat(progress.done()).isEqualTo(4);
        assertThat(progress.failed()).isEqualTo(1);
        assertThat(progress.remaining()).isEqualTo(5);
        assertThat(progress.eta()).contains(now.plusSeconds(10));
        finish(job, 6, 10);
        assertThat(view.of(job.id()).orElseThrow().remaining()).isZero();
        assertThat(view.of("another")).isEmpty();
    }

    private Batches replica(String name) {
        return new Batches(name, jobs, objects, completion, LEASE, 2, () -> now);
    }

    private Job start(String text) {
        objects.put("a.csv", text);
        return started(
                batches.start(
                        request(),
                        job -> {
                            read(job);
                            batches.left(job);
                        }));
    }

    private static Job started(StartResult result) {
        return ((StartResult.Started) result).job();
    }

    private void read(Job job) {
        reader.read(job, () -> false);
    }

    private void goOn(Job job) {
        batches.goOn(job, this::read);
        batches.left(job);
    }

    private Job stored(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    private void finish(Job job, int from, int to) {
        completion.done(
                IntStream.rangeClosed(from, to)
                        .mapToObj(line -> new WorkDone(job.id(), line))
                        .toList());
    }

    private static BatchRequest request() {
        return new BatchRequest("bucket", "a.csv", Optional.empty());
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> number + ",name\n")
                .collect(Collectors.joining("", "id,name\n", ""));
    }
}
