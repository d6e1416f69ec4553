package io.millrace.streambinderaws.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What a consumer binding is doing and has done since it was made. */
public final class ConsumerState {

    private final String binding;
    private final String group;
    private final String queue;
    private final BooleanSupplier running;
    private final IntSupplier inFlight;
    private final LongAdder handled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final List<Stopwatch> stopwatches = new CopyOnWriteArrayList<>();
    private volatile @Nullable Throwable pollFailure;

    ConsumerState(
            String binding,
            String group,
            String queue,
            BooleanSupplier running,
            IntSupplier inFlight) {
        this.binding = binding;
        this.group = group;
        this.queue = queue;
        this.running = running;
        this.inFlight = inFlight;
    }

    /** Is told how long things take. */
    public interface Stopwatch {

        /** A message was received that was sent so long ago. */
        void waited(Duration time);

        /**
         * A handler has returned.
         *
         * @param failure what it has thrown, if it has
         */
        void handled(Duration time, Optional<Throwable> failure);
    }

    /** Has somebody told how long things take from now on. */
    public void timedBy(Stopwatch stopwatch) {
        stopwatches.add(stopwatch);
    }

    /** The name of the binding. */
    public String binding() {
        return binding;
    }

    /** The consumer group; empty for an anonymous one. */
    public String group() {
        return group;
    }

    /** The name of its queue. */
    public String queue() {
        return queue;
    }

    /** Whether it asks for messages. */
    public boolean running() {
        return running.getAsBoolean();
    }

    /** How many messages its handlers have at this moment. */
    public int inFlight() {
        return inFlight.getAsInt();
    }

    /** How many messages were handled and deleted. */
    public long handled() {
        return handled.sum();
    }

    /** How many times a message failed and comes back. */
    public long failed() {
        return failed.sum();
    }

    /** How many messages the binder sent to the dead-letter queue. */
    public long deadLettered() {
        return deadLettered.sum();
    }

    /** Why the last request for messages failed, if it did. */
    public Optional<Throwable> pollFailure() {
        return Optional.ofNullable(pollFailure);
    }

    void polled(@Nullable Throwable failure) {
        pollFailure = failure;
    }

    void waited(Duration time) {
        stopwatches.forEach(each -> each.waited(time));
    }

    void handled(Duration time, Optional<Throwable> failure) {
        stopwatches.forEach(each -> each.handled(time, failure));
    }

    void handled(int messages) {
        handled.add(messages);
    }

    void comesBack(int messages) {
        failed.add(messages);
    }

    void sentToDeadLetters() {
        deadLettered.increment();
    }
}
