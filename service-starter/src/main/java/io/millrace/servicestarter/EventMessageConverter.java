package io.millrace.servicestarter;

import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.InvalidEvent;
import io.millrace.events.TaskRequest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeTypeUtils;

/** Lets function beans take and return {@link Event}s, whatever carries their documents. */
final class EventMessageConverter implements SmartMessageConverter {

    private final EventJson json;
    private final CurrentTrace currentTrace;

    /**
     * @param currentTrace the trace of the work that is being done, which an event that belongs to
     *     none yet becomes part of
     */
    EventMessageConverter(EventJson json, CurrentTrace currentTrace) {
        this.json = json;
        this.currentTrace = currentTrace;
    }

    /**
     * @throws InvalidEvent if an event is wanted and the message is none
     */
    @Override
    public @Nullable Object fromMessage(
            Message<?> message, Class<?> target, @Nullable Object conversionHint) {
        var wanted = conversionHint instanceof Type type ? dataOfEvent(type) : null;
        if (wanted == null && target != Event.class) {
            return null;
        }
        var event = wanted == null ? json.read(bytes(message)) : json.read(bytes(message), wanted);
        nameInLog(event);
        return event;
    }

    @Override
    public @Nullable Object fromMessage(Message<?> message, Class<?> target) {
        return fromMessage(message, target, null);
    }

    @Override
    public @Nullable Message<?> toMessage(
            Object payload, @Nullable MessageHeaders headers, @Nullable Object conversionHint) {
        if (!(payload instanceof Event<?> event)) {
            return null;
        }
        var traced = event.trace().isPresent() ? event : event.withTrace(currentTrace.get());
        return MessageBuilder.withPayload(json.write(traced))
                .copyHeaders(headers)
                // Not CloudEvents' own media type: Spring Cloud Function would take the document
                // apart before a function that wants it whole sees it.
                .setHeader(MessageHeaders.CONTENT_TYPE, MimeTypeUtils.APPLICATION_JSON_VALUE)
                .build();
    }

    @Override
    public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
        return toMessage(payload, headers, null);
    }

    /** Until the next message on this thread; most have one of their own. */
    private static void nameInLog(Event<?> event) {
        MDC.put("eventId", event.id());
        execution(event)
                .ifPresentOrElse(
                        arn -> MDC.put("executionArn", arn), () -> MDC.remove("executionArn"));
    }

    private static Optional<String> execution(Event<?> event) {
        if (event.data() instanceof TaskRequest task) {
            return Optional.of(task.executionArn());
        }
        if (event.data() instanceof ExecutionFailed failed) {
            return Optional.of(failed.executionArn());
        }
        return event.subject().filter(about -> about.contains(":execution:"));
    }

    private static byte[] bytes(Message<?> message) {
        return switch (message.getPayload()) {
            case byte[] bytes -> bytes;
            case Object other -> other.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    /** {@code D} of the {@code Event<D>} that a type is or wraps, such as a list of them. */
    private static @Nullable Class<? extends EventData> dataOfEvent(Type type) {
        return switch (type) {
            case ParameterizedType wrapped when wrapped.getRawType() == Event.class ->
                    bound(wrapped.getActualTypeArguments()[0]);
            case ParameterizedType wrapper when wrapper.getActualTypeArguments().length == 1 ->
                    dataOfEvent(wrapper.getActualTypeArguments()[0]);
            default -> null;
        };
    }

    private static Class<? extends EventData> bound(Type argument) {
        return switch (argument) {
            case Class<?> data when EventData.class.isAssignableFrom(data) ->
                    data.asSubclass(EventData.class);
            case WildcardType wildcard -> bound(wildcard.getUpperBounds()[0]);
            default -> EventData.class;
        };
    }
}
