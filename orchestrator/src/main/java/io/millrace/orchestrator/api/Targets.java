package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Arns.Qualified;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Released;
import io.millrace.orchestrator.workflow.Published;
import io.millrace.orchestrator.workflow.Releases;
import io.millrace.orchestrator.workflow.Releases.Version;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.orchestrator.workflow.StateMachines;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Finds what the ARN of a state machine, a version or an alias leads to. */
final class Targets {

    private static final String FIELD = "stateMachineArn";

    private final StateMachines machines;
    private final Published published;
    private final Arns arns;
    private final IntUnaryOperator random;

    /**
     * @param random a number from 0 up to the given one, without it
     */
    Targets(StateMachines machines, Published published, Arns arns, IntUnaryOperator random) {
        this.machines = machines;
        this.published = published;
        this.arns = arns;
        this.random = random;
    }

    /** The state machine of which executions are asked for, or those of one version or alias. */
    StateMachine listed(Request request) {
        var arn = request.required(FIELD);
        var wanted = qualified(arn);
        var machine = machine(wanted, arn);
        wanted.qualifier()
                .filter(qualifier -> !exists(machine, qualifier))
                .ifPresent(_ -> {
                    throw ApiError.stateMachineDoesNotExist(arn);
                });
        return machine;
    }

    private boolean exists(StateMachine machine, String qualifier) {
        var releases = published.releases(machine.name());
        return number(qualifier)
                .map(number -> releases.version(number).isPresent())
                .orElseGet(() -> releases.alias(qualifier).isPresent());
    }

    /** What an execution is to follow; an alias with two versions chooses by weight. */
    Target toStart(Request request) {
        var arn = request.required(FIELD);
        var wanted = qualified(arn);
        var machine = machine(wanted, arn);
        return wanted.qualifier()
                .map(qualifier -> released(machine, qualifier, arn))
                .orElseGet(() -> new Target(machine, Optional.empty()));
    }

    /**
     * What an execution is to follow.
     *
     * @param released the version that it is, if one was asked for
     */
    record Target(StateMachine machine, Optional<Released> released) {}

    private Target released(StateMachine machine, String qualifier, String arn) {
        var version = version(machine, qualifier, arn);
        var alias = Optional.of(qualifier).filter(name -> number(name).isEmpty());
        return new Target(at(machine, version), Optional.of(new Released(version.number(), alias)));
    }

    private Version version(StateMachine machine, String qualifier, String arn) {
        var releases = published.recentReleases(machine.name());
        return number(qualifier)
                .or(() ->
                        releases.alias(qualifier)
                                .map(alias -> alias.version(random.applyAsInt(100))))
                .flatMap(releases::version)
                .orElseThrow(() -> ApiError.stateMachineDoesNotExist(arn));
    }

    /** What an execution follows, as it is configured now; empty if it was deleted. */
    Optional<StateMachine> of(Head head) {
        var name = head.id().stateMachine();
        var label = name.indexOf('/');
        return machines.find(label < 0 ? name : name.substring(0, label))
                .map(machine ->
                        head.released()
                                .flatMap(released ->
                                        published
                                                .recentReleases(machine.name())
                                                .version(released.version()))
                                .map(version -> at(machine, version))
                                .orElse(machine));
    }

    /** The state machine as a version has it. */
    StateMachine at(StateMachine machine, Version version) {
        return machines.at(machine, version);
    }

    /**
     * The version that an ARN names, or to which the alias that it names leads most executions; of
     * an alias that is all that can be described (API reference, DescribeStateMachine: "a version
     * ARN, or an alias ARN").
     */
    Optional<Version> described(Qualified wanted, String arn) {
        return wanted.qualifier()
                .map(qualifier ->
                        number(qualifier)
                                .or(() ->
                                        releases(wanted)
                                                .alias(qualifier)
                                                .map(Releases.Alias::heaviest))
                                .flatMap(releases(wanted)::version)
                                .orElseThrow(() -> ApiError.stateMachineDoesNotExist(arn)));
    }

    /** The version that an ARN names by its number. */
    Version version(String arn) {
        var wanted = qualified(arn);
        return releases(wanted)
                .version(numberOf(wanted, arn))
                .orElseThrow(() -> ApiError.stateMachineDoesNotExist(arn));
    }

    private Releases releases(Qualified wanted) {
        return published.releases(wanted.stateMachine());
    }

    static int numberOf(Qualified wanted, String arn) {
        return wanted.qualifier()
                .flatMap(Targets::number)
                .orElseThrow(() -> ApiError.invalidArn(arn));
    }

    Qualified qualified(String arn) {
        return arns.qualified(arn).orElseThrow(() -> ApiError.invalidArn(arn));
    }

    StateMachine machine(Qualified wanted, String arn) {
        return machines.find(wanted.stateMachine())
                .orElseThrow(() -> ApiError.stateMachineDoesNotExist(arn));
    }

    /** Aliases have at least one character that is no digit. */
    static Optional<Integer> number(String qualifier) {
        return qualifier.matches("[1-9][0-9]{0,8}")
                ? Optional.of(Integer.parseInt(qualifier))
                : Optional.empty();
    }
}
