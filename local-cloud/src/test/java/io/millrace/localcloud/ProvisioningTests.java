package io.millrace.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.localcloud.provisioning.Plan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.FilterRule;

class ProvisioningTests {

    @Test
    void anUnknownTypeIsNamed() {
        assertThatThrownBy(() -> start("Resources: {Fn: {Type: 'AWS::Lambda::Function'}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Fn is of type AWS::Lambda::Function");
    }

    @Test
    void anUnknownPropertyIsNamedHoweverDeep() {
        assertThatThrownBy(() ->
                        start(
                                """
                                Resources:
                                  Q:
                                    Type: AWS::SQS::Queue
                                    Properties: {QueueName: q, Colour: red}
                                """))
                .hasMessage(
                        "Q (AWS::SQS::Queue) has Properties.Colour, which local-cloud does not understand");
        assertThatThrownBy(() ->
                        start(
                                """
                                Resources:
                                  T:
                                    Type: AWS::DynamoDB::Table
                                    Properties:
                                      TableName: table
                                      KeySchema: [{AttributeName: id, KeyType: HASH, Why: x}]
                                """))
                .hasMessageContaining("T (AWS::DynamoDB::Table) has Properties.KeySchema[0].Why");
    }

    @Test
    void alarmsAreLeftOut() {
        var queue =
                """
                Resources:
                  Q:
                    Type: AWS::SQS::Queue
                    Properties: {QueueName: q}
                """;
        var alarm =
                """
                  A:
                    Type: AWS::CloudWatch::Alarm
                    Properties:
                      MetricName: ApproximateAgeOfOldestMessage
                      Dimensions: [{Name: QueueName, Value: !GetAtt Q.QueueName}]
                """;
        assertThat(Plan.of(ResourceTemplate.read(queue + alarm, Map.of())))
                .isEqualTo(Plan.of(ResourceTemplate.read(queue, Map.of())));
    }

    @Test
    void everythingThatIsUnderstoodIsThere() {
        var template =
                """
                Resources:
                  Dead:
                    Type: AWS::SQS::Queue
                    Properties: {QueueName: dead}
                  Ordered:
                    Type: AWS::SQS::Queue
                    Properties:
                      QueueName: ordered.fifo
                      FifoQueue: true
                      ContentBasedDeduplication: true
                  Inbox:
                    Type: AWS::SQS::Queue
                    Properties:
                      QueueName: inbox
                      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
                  News:
                    Type: AWS::SNS::Topic
                    Properties: {TopicName: news, DisplayName: News}
                  Wish:
                    Type: AWS::SNS::Subscription
                    Properties:
                      TopicArn: !Ref News
                      Protocol: sqs
                      Endpoint: !GetAtt Inbox.Arn
                      RawMessageDelivery: true
                      FilterPolicy: {kind: [image]}
                  Files:
                    Type: AWS::S3::Bucket
                    Properties:
                      BucketName: files
                      PublicAccessBlockConfiguration: {BlockPublicAcls: true}
                      NotificationConfiguration:
                        QueueConfigurations:
                          - Event: s3:ObjectCreated:*
                            Queue: !GetAtt Inbox.Arn
                            Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}]}}
                """;
        try (var cloud = start(template)) {
            var clients = Clients.of(cloud.endpoint());
            assertThat(clients.sqs().listQueues().queueUrls()).hasSize(3);
            var subscription = clients.sns().listSubscriptions().subscriptions().getFirst();
            assertThat(subscription.endpoint())
                    .isEqualTo("arn:aws:sqs:us-east-1:000000000000:inbox");
            assertThat(
                            clients.sns()
                                    .getSubscriptionAttributes(request ->
                                            request.subscriptionArn(subscription.subscriptionArn()))
                                    .attributes())
                    .containsEntry("FilterPolicy", "{\"kind\":[\"image\"]}");
            assertThat(
                            clients.s3()
                                    .getBucketNotificationConfiguration(
                                            request -> request.bucket("files"))
                                    .queueConfigurations()
                                    .getFirst()
                                    .filter()
                                    .key()
                                    .filterRules())
                    .extracting(FilterRule::value)
                    .containsExactly("in/");
        }
    }

    private static LocalCloud start(String template) {
        return LocalCloud.builder()
                .port(0)
                .template(ResourceTemplate.read(template, Map.of()))
                .start();
    }
}
