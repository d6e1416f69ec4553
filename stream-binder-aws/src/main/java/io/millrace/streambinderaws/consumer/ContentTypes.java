package io.millrace.streambinderaws.consumer;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/** Takes content types for what they are: attributes that anybody may have set to anything. */
final class ContentTypes {

    private ContentTypes() {}

    /**
     * The message, without its content type if that is none. Left there, it would fail before any
     * handler sees the message, each time it comes.
     */
    static <T> Message<T> checked(Message<T> message) {
        var type = message.getHeaders().get(MessageHeaders.CONTENT_TYPE);
        return type == null || isValid(type.toString())
                ? message
                : MessageBuilder.fromMessage(message)
                        .removeHeader(MessageHeaders.CONTENT_TYPE)
                        .build();
    }

    private static boolean isValid(String type) {
        try {
            MimeTypeUtils.parseMimeType(type);
            return true;
        } catch (InvalidMimeTypeException _) {
            return false;
        }
    }
}
