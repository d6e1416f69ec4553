package io.millrace.cloudresources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceTemplateTests {

    private final ResourceTemplate millrace = ResourceTemplate.millrace("acme-");

    @Test
    void everyNameStartsWithThePrefix() {
        assertThat(millrace.names()).hasSizeGreaterThan(15);
        assertThat(millrace.names().values()).allMatch(name -> name.startsWith("acme-"));
    }

    @Test
    void theNamesBesideTheTemplateAreItsOwn() {
        assertThat(ResourceTemplate.millraceNames("acme-"))
                .as("names.properties has to hold what names() gives for an empty prefix")
                .isEqualTo(millrace.names());
    }

    @Test
    void everyStageQueueRedrivesToFailuresAndNeverStraightToTheDeadLetters() {
        var ends = List.of("FailuresQueue", "DeadLettersQueue");
        assertThat(millrace.resources())
                .filteredOn(each -> each.type().equals("AWS::SQS::Queue"))
                .filteredOn(each -> !ends.contains(each.logicalId()))
                .hasSize(10)
                .allSatisfy(queue ->
                        assertThat(queue.properties().get("RedrivePolicy"))
                                .isEqualTo(
                                        Map.of(
                                                "deadLetterTargetArn",
                                                "arn:aws:sqs:us-east-1:000000000000:acme-failures",
                                                "maxReceiveCount",
                                                5)));
    }

    @Test
    void failuresAreKeptForFourteenDays() {
        assertThat(millrace.resources())
                .filteredOn(each -> each.logicalId().equals("FailuresQueue"))
                .singleElement()
                .satisfies(queue ->
                        assertThat(queue.properties())
                                .containsEntry("MessageRetentionPeriod", 14 * 24 * 60 * 60));
    }

    @Test
    void everyQueueThatIsWorkedOffHasAnAlarmForMessagesThatWait() {
        // Wake-ups are timers, delayed by up to 15 minutes: their age says nothing.
        var waitOnPurpose = List.of("WakeUpsQueue", "DeadLettersQueue");
        assertThat(alarms("ApproximateAgeOfOldestMessage"))
                .containsExactlyInAnyOrderElementsOf(
                        millrace.resources().stream()
                                .filter(each -> each.type().equals("AWS::SQS::Queue"))
                                .filter(each -> !waitOnPurpose.contains(each.logicalId()))
                                .map(Resource::physicalName)
                                .toList());
    }

    @Test
    void theFirstDeadLetterRaisesAnAlarm() {
        assertThat(alarms("ApproximateNumberOfMessagesVisible"))
                .containsExactly("acme-dead-letters");
        assertThat(millrace.resources())
                .filteredOn(each -> each.logicalId().equals("DeadLettersAlarm"))
                .singleElement()
                .satisfies(alarm ->
                        assertThat(alarm.properties())
                                .containsEntry("Threshold", 0)
                                .containsEntry("EvaluationPeriods", 1)
                                .containsEntry("ComparisonOperator", "GreaterThanThreshold"));
    }

    @Test
    void everyAlarmTellsTheTopicForThem() {
        assertThat(millrace.resources())
                .filteredOn(each -> each.type().equals("AWS::CloudWatch::Alarm"))
                .isNotEmpty()
                .allSatisfy(alarm ->
                        assertThat(alarm.properties())
                                .containsEntry(
                                        "AlarmActions",
                                        List.of("arn:aws:sns:us-east-1:000000000000:acme-alarms")));
    }

    /** The queues whose metric of that name has an alarm. */
    private List<Object> alarms(String metric) {
        return millrace.resources().stream()
                .filter(each -> each.type().equals("AWS::CloudWatch::Alarm"))
                .filter(each -> metric.equals(each.properties().get("MetricName")))
                .map(each -> ((List<?>) each.properties().get("Dimensions")).getFirst())
                .<Object>map(dimension -> ((Map<?, ?>) dimension).get("Value"))
                .toList();
    }

    @Test
    void aResourceComesAfterWhatItDependsOn() {
        var order = millrace.resources().stream().map(Resource::logicalId).toList();
        assertThat(order.indexOf("UploadsQueue")).isGreaterThan(order.indexOf("FailuresQueue"));
        assertThat(order.indexOf("UploadsBucket"))
                .isGreaterThan(order.indexOf("UploadsQueuePolicy"));
    }

    @Test
    void refOfAQueueIsItsUrlAndSubKeepsEscapedVariables() {
        var template =
                read(
                        """
                        Resources:
                          Q: {Type: 'AWS::SQS::Queue', Properties: {QueueName: q}}
                          P:
                            Type: AWS::SQS::QueuePolicy
                            Properties: {Queues: [!Ref Q], Text: !Sub '${Q.Arn} ${!kept}'}
                        """);
        assertThat(template.resources().getLast().properties())
                .containsEntry(
                        "Queues", List.of("https://sqs.us-east-1.amazonaws.com/000000000000/q"))
                .containsEntry("Text", "arn:aws:sqs:us-east-1:000000000000:q ${kept}");
    }

    @Test
    void aReferenceToNothingNamesWhatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        read(
                                """
                                Resources:
                                  P: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: [!Ref Gone]}}
                                """))
                .withMessageContaining("Gone");
    }

    @Test
    void aFunctionThatIsNotUnderstoodIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        read(
                                """
                                Resources:
                                  Q: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::Join': ['', [a]]}}}
                                """))
                .withMessageContaining("Fn::Join");
    }

    @Test
    void aCircleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        read(
                                """
                                Resources:
                                  A: {Type: 'AWS::SQS::Queue', DependsOn: B, Properties: {QueueName: a}}
                                  B: {Type: 'AWS::SQS::Queue', DependsOn: A, Properties: {QueueName: b}}
                                """))
                .withMessageContaining("circular");
    }

    @Test
    void anUnknownLogicalIdIsAnsweredWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> millrace.name("LaodQueue"))
                .withMessageContaining("LaodQueue")
                .withMessageContaining("LoadQueue");
    }

    private static ResourceTemplate read(String yaml) {
        return ResourceTemplate.read(yaml, Map.of());
    }
}
