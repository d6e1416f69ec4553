package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsService;

/** Where a request goes. */
sealed interface Destination {

    /** To a service that is answered here. */
    record Known(AwsService service) implements Destination {}

    /** To a service that AWS has and this cloud has not. */
    record Unknown(String service) implements Destination {}

    /** To a page of local-cloud's own. */
    record OwnPage(String path) implements Destination {}

    /** Only the form in the request's body can tell. */
    record InForm() implements Destination {}
}
