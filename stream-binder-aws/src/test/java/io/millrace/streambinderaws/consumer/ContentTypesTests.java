package io.millrace.streambinderaws.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.support.MessageBuilder;

class ContentTypesTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "no type", "a/b/c", "text/plain;charset=nonsense", "*/json"})
    void whatIsNoContentTypeIsLeftOut(String type) {
        var message =
                MessageBuilder.withPayload("body")
                        .setHeader("contentType", type)
                        .setHeader("own", 1)
                        .build();
        assertThat(ContentTypes.checked(message).getHeaders())
                .doesNotContainKey("contentType")
                .containsEntry("own", 1);
    }

    @Test
    void aContentTypeStays() {
        var message =
                MessageBuilder.withPayload("body")
                        .setHeader("contentType", "application/json;charset=UTF-8")
                        .build();
        assertThat(ContentTypes.checked(message)).isSameAs(message);
    }
}
