package io.millrace.localcloud.aws;

/** The one account and region that this cloud is. */
public final class AwsPlace {

    public static final String ACCOUNT = "000000000000";
    public static final String REGION = "us-east-1";

    private AwsPlace() {}

    /** The ARN of a regional resource of this account. */
    public static String arn(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ACCOUNT, resource);
    }

    /** The last part of an ARN: a queue's or topic's name. */
    public static String nameIn(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
