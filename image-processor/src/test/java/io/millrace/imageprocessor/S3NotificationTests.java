package io.millrace.imageprocessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.imageprocessor.upload.InvalidNotification;
import io.millrace.imageprocessor.upload.S3Notification;
import io.millrace.imageprocessor.upload.Upload;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3NotificationTests {

    /** The example of the S3 User Guide, "Event message structure". */
    private static final String PUT =
            """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-west-2",
              "eventTime":"1970-01-01T00:00:00.000Z","eventName":"ObjectCreated:Put",
              "s3":{"s3SchemaVersion":"1.0","configurationId":"testConfigRule",
                "bucket":{"name":"amzn-s3-demo-bucket","ownerIdentity":{"principalId":"A3NL1KOZZKExample"},
                  "arn":"arn:aws:s3:::amzn-s3-demo-bucket"},
                "object":{"key":"Happy+Face+%C3%BC.jpg","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e",
                  "versionId":"096fKKXTRTtl3on89fVO.nfljtsv6qko","sequencer":"0055AED6DCD90281E5"}}}]}
            """;

    @Test
    void anUploadIsReadAndItsKeyDecoded() {
        assertThat(S3Notification.uploads(PUT))
                .containsExactly(
                        new Upload(
                                "amzn-s3-demo-bucket",
                                "Happy Face ü.jpg",
                                Optional.of("096fKKXTRTtl3on89fVO.nfljtsv6qko"),
                                "0055AED6DCD90281E5",
                                1024,
                                "d41d8cd98f00b204e9800998ecf8427e",
                                Instant.EPOCH));
    }

    @Test
    void aRemovalIsNoUpload() {
        assertThat(S3Notification.uploads(PUT.replace("ObjectCreated:Put", "ObjectRemoved:Delete")))
                .isEmpty();
    }

    @Test
    void theTestOfAQueueIsNoUpload() {
        assertThat(
                        S3Notification.uploads(
                                """
                                {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2014-10-13T15:57:02.089Z",
                                 "Bucket":"amzn-s3-demo-bucket","RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE"}
                                """))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "{}", "{\"Records\":[]}", "{\"Records\":[{}]}"})
    void whatIsNoNotificationIsRefused(String text) {
        assertThatExceptionOfType(InvalidNotification.class)
                .isThrownBy(() -> S3Notification.uploads(text));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatExceptionOfType(InvalidNotification.class)
                .isThrownBy(() -> S3Notification.uploads(PUT.replace("sequencer", "x")))
                .withMessageContaining("Records[0] lacks sequencer");
    }
}
