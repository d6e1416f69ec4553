package io.millrace.localcloud.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class beside an AWS-compatible endpoint in the same JVM: SQS, SNS, S3, DynamoDB,
 * DynamoDB Streams and STS.
 *
 * <pre>{@code
 * @LocalCloud
 * class OrdersTests {
 *
 *     @Test
 *     void ordersAreKept(DynamoDbClient dynamoDb, SqsClient sqs) { ... }
 * }
 * }</pre>
 *
 * <p>Constructors and methods may ask for any client of the AWS SDK, for the endpoint's {@link
 * java.net.URI} and for the {@link io.millrace.localcloud.LocalCloud} itself. Clients that the code
 * under test makes find the endpoint, a region and credentials in the SDK's system properties.
 *
 * <p>There is one endpoint for all test classes of a JVM, on a port that is free. Its parts start
 * beside the tests: the first request to a service waits for it. Tests that must not see each
 * other's queues and tables give them names of their own.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(LocalCloudExtension.class)
public @interface LocalCloud {

    /**
     * A CloudFormation template on the class path, whose resources are there when the first test
     * begins.
     */
    String template() default "";
}
