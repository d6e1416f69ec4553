package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsService;

/** How a client speaks, and so how it expects an error. */
enum Wire {
    JSON,
    QUERY,
    S3;

    static Wire of(RequestHead head, Destination destination) {
        if (destination instanceof Destination.Known(var service) && service == AwsService.S3) {
            return S3;
        }
        return head.isForm() || head.query().containsKey("Action") ? QUERY : JSON;
    }
}
