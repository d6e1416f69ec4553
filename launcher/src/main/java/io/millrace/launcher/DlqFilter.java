package io.millrace.launcher;

import io.millrace.errorhandler.deadletters.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that choose dead letters. */
final class DlqFilter {

    @Option(
            names = "--error",
            paramLabel = "NAME",
            description = "Only this error; * stands for anything.")
    private @Nullable String error;

    @Option(names = "--state", paramLabel = "NAME", description = "Only this failed state.")
    private @Nullable String state;

    @Option(
            names = {"--origin", "--function"},
            paramLabel = "NAME",
            description = "Only from this queue or state machine, such as '*task-render-image'.")
    private @Nullable String origin;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Given up at or after: 2026-11-25T12:00:00Z, or 2h for two hours ago.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Given up before.")
    private @Nullable Instant until;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    Filter filter(@Nullable List<String> ids) {
        return new Filter(
                ids == null ? Set.of() : Set.copyOf(ids),
                Optional.ofNullable(error),
                Optional.ofNullable(state),
                Optional.ofNullable(origin),
                Optional.ofNullable(since),
                Optional.ofNullable(until));
    }

    int limit() {
        return limit;
    }

    /** A time, or how long ago it was: {@code 90s}, {@code 15m}, {@code 2h}, {@code 3d}. */
    static final class Time implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return text.matches("\\d+[smhd]") ? ago(text) : Instant.parse(text);
            } catch (DateTimeParseException _) {
                throw new TypeConversionException(
                        "'%s' is no time; write 2026-11-25T12:00:00Z, or 2h for two hours ago"
                                .formatted(text));
            }
        }

        private static Instant ago(String text) {
            var count = Long.parseLong(text.substring(0, text.length() - 1));
            return Instant.now()
                    .minus(
                            switch (text.charAt(text.length() - 1)) {
                                case 's' -> Duration.ofSeconds(count);
                                case 'm' -> Duration.ofMinutes(count);
                                case 'h' -> Duration.ofHours(count);
                                default -> Duration.ofDays(count);
                            });
        }
    }
}
