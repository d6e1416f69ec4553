package io.millrace.orchestrator.api;

import io.millrace.orchestrator.activity.ActivityStore;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.workflow.Published;
import io.millrace.orchestrator.workflow.StateMachines;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on tags. */
final class TagOperations {

    private static final int MOST = 50;
    private static final String ARN = "resourceArn";

    private final StateMachines machines;
    private final ActivityStore activities;
    private final Published published;
    private final Arns arns;

    TagOperations(
            StateMachines machines, ActivityStore activities, Published published, Arns arns) {
        this.machines = machines;
        this.activities = activities;
        this.published = published;
        this.arns = arns;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "TagResource", this::tag,
                "UntagResource", this::untag,
                "ListTagsForResource", this::list);
    }

    private ObjectNode tag(Request request) {
        var arn = resource(request);
        var tags =
                read(
                        request.array("tags")
                                .orElseThrow(() ->
                                        Request.constraint(
                                                "tags", "null", "Member must not be null")));
        add(arn, tags);
        return Json.object();
    }

    /** Tags what a request has just created. */
    void tagCreated(String arn, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            add(arn, tags);
        }
    }

    /** Forgets the tags of what a request has deleted. */
    void forget(String arn) {
        published.forgetTags(arn);
    }

    /** The tags that a request to create something brings. */
    static Map<String, String> ofCreation(Request request, String arn) {
        var tags = request.array("tags").map(TagOperations::read).orElse(Map.of());
        checkCount(tags, arn);
        return tags;
    }

    private void add(String arn, Map<String, String> tags) {
        published.changeTags(
                arn,
                before -> {
                    var all = new TreeMap<>(before);
                    all.putAll(tags);
                    checkCount(all, arn);
                    return all;
                });
    }

    private static void checkCount(Map<String, String> tags, String arn) {
        if (tags.size() > MOST) {
            throw ApiError.tooManyTags(arn);
        }
    }

    private static Map<String, String> read(JsonNode tags) {
        var read = new TreeMap<String, String>();
        for (var tag : tags) {
            var key = tag.path("key").asString("");
            var value = tag.path("value").asString("");
            if (key.isEmpty() || key.length() > 128) {
                throw Request.constraint(
                        "tags.key", key, "Member must have length between 1 and 128");
            }
            if (value.length() > 256) {
                throw Request.constraint(
                        "tags.value", value, "Member must have length less than or equal to 256");
            }
            read.put(key, value);
        }
        return read;
    }

    private ObjectNode untag(Request request) {
        var arn = resource(request);
        var keys =
                request.array("tagKeys")
                        .orElseThrow(() ->
                                Request.constraint("tagKeys", "null", "Member must not be null"));
        published.changeTags(
                arn,
                before -> {
                    var left = new TreeMap<>(before);
                    keys.forEach(key -> left.remove(key.asString("")));
                    return left;
                });
        return Json.object();
    }

    private ObjectNode list(Request request) {
        var answer = Json.object();
        var list = answer.putArray("tags");
        published
                .tags(resource(request))
                .forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        return answer;
    }

    private String resource(Request request) {
        var arn = request.required(ARN);
        var there =
                arns.stateMachineName(arn)
                        .map(name -> machines.find(name).isPresent())
                        .or(() ->
                                arns.activityName(arn)
                                        .map(name -> activities.find(name).isPresent()))
                        .orElseThrow(() -> ApiError.invalidArn(arn));
        if (!there) {
            throw ApiError.resourceNotFound(arn);
        }
        return arn;
    }
}
