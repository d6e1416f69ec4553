package io.millrace.streambinderaws.consumer;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.support.MessageBuilder;

/** A body as bytes: what they mean is decided by the converters of the functions. */
final class Utf8Bytes implements MessageConverter {

    @Override
    public Object fromMessage(Message<?> message, Class<?> target) {
        return message.getPayload().toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
        return MessageBuilder.withPayload(new String((byte[]) payload, StandardCharsets.UTF_8))
                .copyHeaders(headers)
                .build();
    }
}
