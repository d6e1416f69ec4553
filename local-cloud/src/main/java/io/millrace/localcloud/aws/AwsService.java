package io.millrace.localcloud.aws;

import java.util.Arrays;
import java.util.Optional;

/** The services that this cloud answers, by the name that signatures carry. */
public enum AwsService {
    SQS("sqs"),
    SNS("sns"),
    S3("s3"),
    DYNAMODB("dynamodb"),
    STATES("states"),
    STS("sts");

    private final String signingName;

    AwsService(String signingName) {
        this.signingName = signingName;
    }

    /** The name in a signature's credential scope. */
    public String signingName() {
        return signingName;
    }

    /** The service of that signing name, if it is answered here. */
    public static Optional<AwsService> named(String signingName) {
        return Arrays.stream(values())
                .filter(service -> service.signingName.equals(signingName))
                .findFirst();
    }
}
