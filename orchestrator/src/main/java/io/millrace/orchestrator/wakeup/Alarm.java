package io.millrace.orchestrator.wakeup;

import java.time.Duration;

/** Runs things later, in this process; they are lost with it. */
@FunctionalInterface
public interface Alarm {

    void after(Duration delay, Runnable work);
}
