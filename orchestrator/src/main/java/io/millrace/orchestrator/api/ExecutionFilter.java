package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Arns.MapRunId;
import io.millrace.orchestrator.execution.Arns.Qualified;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Status;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which executions of a list are wanted.
 *
 * @param redriven whether they were redriven
 * @param mapRun that has begun them
 * @param release the ARN of the version or alias that they are associated with
 */
record ExecutionFilter(
        Optional<Status> status,
        Optional<Boolean> redriven,
        Optional<MapRunId> mapRun,
        Optional<Qualified> release) {

    private enum Redriven {
        REDRIVEN,
        NOT_REDRIVEN
    }

    /** The filter that a request asks for. */
    static ExecutionFilter of(Request request, Arns arns) {
        if (request.text("mapRunArn").isPresent() == request.text("stateMachineArn").isPresent()) {
            throw ApiError.validation(
                    "Exactly one of 'stateMachineArn' and 'mapRunArn' must be specified");
        }
        return new ExecutionFilter(
                request.text("statusFilter")
                        .map(text -> one("statusFilter", text, Status.values())),
                request.text("redriveFilter")
                        .map(text -> one("redriveFilter", text, Redriven.values()))
                        .map(Redriven.REDRIVEN::equals),
                request.text("mapRunArn")
                        .map(arn -> arns.mapRunId(arn).orElseThrow(() -> ApiError.invalidArn(arn))),
                request.text("stateMachineArn")
                        .flatMap(arns::qualified)
                        .filter(named -> named.qualifier().isPresent()));
    }

    private static <E extends Enum<E>> E one(String field, String text, E[] known) {
        return Arrays.stream(known)
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        ApiError.validation(
                                "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must satisfy enum value set: %s"
                                        .formatted(text, field, Arrays.toString(known))));
    }

    boolean accepts(Head head) {
        return status.filter(wanted -> wanted != head.status()).isEmpty()
                && redriven.filter(wanted -> wanted != (head.redrives().count() > 0)).isEmpty()
                && (mapRun.isEmpty() || mapRun.filter(run -> isOf(head, run)).isPresent())
                && release.flatMap(Qualified::qualifier)
                        .filter(wanted -> !isAssociated(head, wanted))
                        .isEmpty();
    }

    /** One that an alias has started is associated with the version, too. */
    private static boolean isAssociated(Head head, String qualifier) {
        return head.released()
                .filter(by ->
                        Integer.toString(by.version()).equals(qualifier)
                                || by.alias().equals(Optional.of(qualifier)))
                .isPresent();
    }

    private static boolean isOf(Head head, MapRunId mapRun) {
        return head.childOf()
                .filter(place ->
                        place.execution().equals(mapRun.execution())
                                && place.mapRun() == mapRun.event())
                .isPresent();
    }
}
