package io.millrace.orchestrator.api;

import io.millrace.orchestrator.activity.Activity;
import io.millrace.orchestrator.activity.ActivityStore;
import io.millrace.orchestrator.activity.LongPoll;
import io.millrace.orchestrator.activity.LongPoll.TooManyWorkers;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.workflow.Quota;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The operations on activities, and the one by which workers ask for their tasks. */
final class ActivityOperations {

    private static final String ARN = "activityArn";

    private final ActivityStore activities;
    private final LongPoll workers;
    private final TagOperations tags;
    private final Arns arns;
    private final InstantSource clock;
    private final Quota quota;

    ActivityOperations(
            ActivityStore activities,
            LongPoll workers,
            TagOperations tags,
            Arns arns,
            InstantSource clock,
            Quota quota) {
        this.activities = activities;
        this.workers = workers;
        this.tags = tags;
        this.arns = arns;
        this.clock = clock;
        this.quota = quota;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "CreateActivity", this::create,
                "DescribeActivity", this::describe,
                "DeleteActivity", this::delete,
                "ListActivities", this::list,
                "GetActivityTask", this::task);
    }

    private ObjectNode create(Request request) {
        var name = request.name("name");
        var arn = arns.activity(name);
        EncryptionConfiguration.check(request);
        var wantedTags = TagOperations.ofCreation(request, arn);
        var activity = created(new Activity(name, clock.instant()));
        tags.tagCreated(arn, wantedTags);
        var answer = Json.object().put(ARN, arn);
        answer.set("creationDate", Json.time(activity.createdAt()));
        return answer;
    }

    private Activity created(Activity wanted) {
        if (quota.isFull()) {
            // One that is there already is answered as ever.
            return activities
                    .find(wanted.name())
                    .orElseThrow(() -> ApiError.activityLimitExceeded(quota.most()));
        }
        var existing = activities.create(wanted);
        if (existing.isEmpty()) {
            quota.created();
        }
        return existing.orElse(wanted);
    }

    private ObjectNode describe(Request request) {
        var answer = view(activity(request));
        answer.set("encryptionConfiguration", EncryptionConfiguration.view());
        return answer;
    }

    private ObjectNode delete(Request request) {
        var name = name(request);
        activities.delete(name);
        tags.forget(arns.activity(name));
        return Json.object();
    }

    private ObjectNode list(Request request) {
        var most = request.maxResults(1000);
        var after = request.text("nextToken").map(StateMachineOperations::decode).orElse("");
        var found = activities.list(after, most + 1);
        var answer = Json.object();
        var list = answer.putArray("activities");
        found.stream().limit(most).map(this::view).forEach(list::add);
        if (found.size() > most) {
            answer.put("nextToken", StateMachineOperations.encode(found.get(most - 1).name()));
        }
        return answer;
    }

    private ObjectNode task(Request request) {
        var activity = activity(request);
        var worker = request.text("workerName").map(ActivityOperations::workerName);
        try {
            return workers.next(activity.name(), worker)
                    .map(task ->
                            Json.object()
                                    .put("taskToken", task.token())
                                    .put("input", task.input().text()))
                    .orElseGet(() -> Json.object().putNull("taskToken").putNull("input"));
        } catch (TooManyWorkers e) {
            throw ApiError.activityWorkerLimitExceeded(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The process ends", e);
        }
    }

    private static String workerName(String name) {
        if (name.isEmpty() || name.length() > 80) {
            throw Request.constraint(
                    "workerName", name, "Member must have length between 1 and 80");
        }
        return name;
    }

    private Activity activity(Request request) {
        var name = name(request);
        return activities
                .find(name)
                .orElseThrow(() -> ApiError.activityDoesNotExist(arns.activity(name)));
    }

    private String name(Request request) {
        var arn = request.required(ARN);
        return arns.activityName(arn).orElseThrow(() -> ApiError.invalidArn(arn));
    }

    private ObjectNode view(Activity activity) {
        var view =
                Json.object().put(ARN, arns.activity(activity.name())).put("name", activity.name());
        view.set("creationDate", Json.time(activity.createdAt()));
        return view;
    }
}
