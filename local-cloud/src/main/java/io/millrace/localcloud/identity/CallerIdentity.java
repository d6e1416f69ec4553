package io.millrace.localcloud.identity;

import io.millrace.localcloud.aws.AwsPlace;
import io.millrace.localcloud.front.QueryApi;
import java.util.Map;
import org.eclipse.jetty.server.Handler;

/** {@code sts:GetCallerIdentity}: everybody is the account's root. */
public final class CallerIdentity {

    private CallerIdentity() {}

    /** Answers STS. */
    public static Handler handler() {
        return new QueryApi(
                "https://sts.amazonaws.com/doc/2011-06-15/",
                Map.of(
                        "GetCallerIdentity",
                        (form, result) ->
                                result.text(
                                                "Arn",
                                                "arn:aws:iam::%s:root".formatted(AwsPlace.ACCOUNT))
                                        .text("UserId", AwsPlace.ACCOUNT)
                                        .text("Account", AwsPlace.ACCOUNT)));
    }
}
