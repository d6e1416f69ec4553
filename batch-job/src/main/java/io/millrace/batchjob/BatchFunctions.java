package io.millrace.batchjob;

import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.Completion;
import io.millrace.batchjob.job.Outbox;
import io.millrace.batchjob.job.StartResult;
import io.millrace.events.EventJson;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What batch-job does, as functions. */
@Configuration(proxyBeanMethods = false)
class BatchFunctions {

    static final URI SOURCE = URI.create("/millrace/batch-job");

    /** Starts a batch, once per token. */
    @Bean
    Function<BatchRequest, StartResult> runBatch(BatchRunner runner, BatchProperties properties) {
        return properties.readWhileAsked().isZero()
                ? runner::start
                : request -> {
                    var since = System.nanoTime();
                    var most = properties.readWhileAsked().toNanos();
                    return runner.startAndRead(request, () -> System.nanoTime() - since > most);
                };
    }

    /**
     * Counts lines that are done; the last of a job makes it complete. Takes documents rather than
     * events, so that one that is no event costs those it came with nothing.
     */
    @Bean
    Consumer<List<byte[]>> workDone(
            Completion completion,
            Outbox outbox,
            EventJson json,
            @Value("${millrace.resources.WorkDoneQueue}") String queue) {
        return new DoneMessages(completion, outbox, json, queue)::accept;
    }
}
