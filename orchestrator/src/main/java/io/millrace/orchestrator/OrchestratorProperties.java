package io.millrace.orchestrator;

import static io.millrace.servicestarter.PropertyCheck.check;

import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.integration.Connection;
import io.millrace.orchestrator.workflow.Quota;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the orchestrator is set.
 *
 * @param failureEvents whether an execution that fails or times out is reported on the failures
 *     queue
 * @param shards over how many parts timers and lists are spread; counts when the tables are new,
 *     and is kept in them
 * @param poll whether this replica asks for what is due by itself; on Lambda, a schedule asks
 * @param pollInterval how often each part is asked for what is due
 * @param nearTimers up to which distance a timer is set in this process; on Lambda, where processes
 *     stand still between invocations, none is
 * @param retention how long an execution is kept after its end
 * @param wakeUpHints whether waits and retries of less than 15 minutes are set on the wake-ups
 *     queue too, which wakes replicas that scale to zero
 * @param awsStrict whether executions fail where AWS would have them fail and we need not
 * @param activityPoll how long GetActivityTask waits for a task
 * @param largestPayload how much an execution may be given, and a state hand on; AWS's 256 KB if
 *     {@code awsStrict}; the SDK for Java reads no texts over 20 MB
 * @param mostRegistered how many state machines there may be, and how many activities; AWS's
 *     100,000 if {@code awsStrict}, otherwise any number
 * @param maxRequestSize the largest request that is read: the largest payload, as JSON in JSON
 * @param tokenKey Base64 of the key of task tokens, 32 bytes or more; without it, one is made and
 *     kept in the definitions table
 * @param taskEndpoints where tasks find a service that they are not to find where the orchestrator
 *     does, by the service's name
 * @param connections what EventBridge connections, by their names, add to the requests of HTTP
 *     tasks
 * @param workflows files of definitions to register at start, each under its name up to the first
 *     dot
 */
@ConfigurationProperties("millrace.orchestrator")
public record OrchestratorProperties(
        @DefaultValue("true") boolean failureEvents,
        @DefaultValue("4") int shards,
        @DefaultValue("true") boolean poll,
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("2s") Duration nearTimers,
        @DefaultValue("90d") Duration retention,
        @DefaultValue("true") boolean wakeUpHints,
        @DefaultValue("false") boolean awsStrict,
        @DefaultValue("60s") Duration activityPoll,
        @DefaultValue("16MB") DataSize largestPayload,
        Optional<Long> mostRegistered,
        @DefaultValue("40MB") DataSize maxRequestSize,
        Optional<String> tokenKey,
        @DefaultValue Map<String, URI> taskEndpoints,
        @DefaultValue Map<String, Connection> connections,
        @DefaultValue List<Path> workflows) {

    /** How far executions go. */
    public Bounds bounds() {
        return awsStrict
                ? Bounds.DEFAULT.asAws()
                : Bounds.DEFAULT.withPayload(Math.toIntExact(largestPayload.toBytes()));
    }

    /** How many state machines there may be, and how many activities. */
    public long registered() {
        return mostRegistered.orElse(awsStrict ? Quota.AWS : Long.MAX_VALUE);
    }

    public OrchestratorProperties {
        taskEndpoints = Map.copyOf(taskEndpoints);
        connections = Map.copyOf(connections);
        workflows = List.copyOf(workflows);
        check(shards >= 1 && shards <= 64, "millrace.orchestrator.shards", shards, "1 to 64");
        check(
                largestPayload.toBytes() >= Bounds.AWS_PAYLOAD
                        && largestPayload.toBytes() <= Integer.MAX_VALUE / 4,
                "millrace.orchestrator.largest-payload",
                largestPayload,
                "256KB to 500MB");
        check(
                mostRegistered.filter(most -> most < 0).isEmpty(),
                "millrace.orchestrator.most-registered",
                mostRegistered,
                "0 or more");
        check(
                pollInterval.toMillis() >= 10,
                "millrace.orchestrator.poll-interval",
                pollInterval,
                "10ms or more");
    }
}
