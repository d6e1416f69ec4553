package io.millrace.errorhandler.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.errorhandler.groups.FailureGroup;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of failures as clients see it; {@code alarmedAt} is its latest alarm. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupView(
        String id,
        String origin,
        @Nullable String failedState,
        String error,
        long count,
        Instant firstSeen,
        Instant lastSeen,
        String sample,
        Instant alarmedAt) {

    /** Those that failed last come first. */
    public static List<GroupView> of(List<FailureGroup> groups) {
        return groups.stream()
                .map(GroupView::of)
                .sorted(Comparator.comparing(GroupView::lastSeen).reversed())
                .toList();
    }

    private static GroupView of(FailureGroup group) {
        var alike = group.alike();
        return new GroupView(
                alike.id(),
                alike.origin(),
                alike.state().orElse(null),
                alike.error(),
                group.count(),
                group.firstSeen(),
                group.lastSeen(),
                group.sample().replaceFirst("^failure/", ""),
                group.alarm().at());
    }
}
