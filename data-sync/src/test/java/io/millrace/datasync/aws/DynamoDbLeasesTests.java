package io.millrace.datasync.aws;

import io.millrace.datasync.TestCloud;
import io.millrace.datasync.lease.LeaseStore;
import io.millrace.datasync.lease.LeaseStoreContract;
import java.time.InstantSource;

class DynamoDbLeasesTests extends LeaseStoreContract {

    private final DynamoDbLeases leases =
            new DynamoDbLeases(
                    TestCloud.dynamoDb(),
                    "millrace-leases",
                    () -> "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1",
                    InstantSource.system());

    @Override
    protected LeaseStore store() {
        return leases;
    }
}
