package io.millrace.batchjob;

import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.Completion;
import io.millrace.batchjob.job.StartResult;
import io.millrace.events.Event;
import io.millrace.events.WorkDone;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What batch-job does, as functions. */
@Configuration(proxyBeanMethods = false)
class BatchFunctions {

    static final URI SOURCE = URI.create("/millrace/batch-job");

    /** Starts a batch, once per token. */
    @Bean
    Function<BatchRequest, StartResult> runBatch(BatchRunner runner) {
        return runner::start;
    }

    /** Counts lines that are done; the last of a job makes it complete. */
    @Bean
    Consumer<List<Event<WorkDone>>> workDone(Completion completion) {
        return events -> completion.done(events.stream().map(Event::data).toList());
    }
}
