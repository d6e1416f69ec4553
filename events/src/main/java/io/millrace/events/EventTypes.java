package io.millrace.events;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which CloudEvents {@code type} stands for which record. */
public final class EventTypes {

    private static final Map<Class<? extends EventData>, String> BY_CLASS =
            Map.ofEntries(
                    Map.entry(StartExecution.class, "io.millrace.execution.start.v1"),
                    Map.entry(TaskRequest.class, "io.millrace.task.requested.v1"),
                    Map.entry(TaskSucceeded.class, "io.millrace.task.succeeded.v1"),
                    Map.entry(TaskFailed.class, "io.millrace.task.failed.v1"),
                    Map.entry(LoadRequest.class, "io.millrace.load.requested.v1"),
                    Map.entry(WorkItem.class, "io.millrace.work.item.v1"),
                    Map.entry(WorkDone.class, "io.millrace.work.done.v1"),
                    Map.entry(ExecutionFailed.class, "io.millrace.execution.failed.v1"),
                    Map.entry(FailureRecord.class, "io.millrace.failure.recorded.v1"),
                    Map.entry(FailureAlarm.class, "io.millrace.failure.alarm.v1"),
                    Map.entry(ResultStored.class, "io.millrace.result.stored.v1"),
                    Map.entry(BatchCompleted.class, "io.millrace.batch.completed.v1"));

    private static final Map<String, Class<? extends EventData>> BY_TYPE =
            BY_CLASS.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private EventTypes() {}

    /** The type of a record that travels. */
    public static String of(Class<? extends EventData> data) {
        var type = BY_CLASS.get(data);
        if (type == null) {
            throw new IllegalArgumentException("%s is no event's data".formatted(data));
        }
        return type;
    }

    /** All types there are. */
    public static Set<String> all() {
        return BY_TYPE.keySet();
    }

    static Class<? extends EventData> classOf(String type) {
        var data = BY_TYPE.get(type);
        if (data == null) {
            throw InvalidEvent.unknownType(type, BY_TYPE.keySet());
        }
        return data;
    }
}
