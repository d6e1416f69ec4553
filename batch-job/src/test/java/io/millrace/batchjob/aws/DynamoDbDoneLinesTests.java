package io.millrace.batchjob.aws;

import io.millrace.batchjob.TestCloud;
import io.millrace.batchjob.job.DoneLines;
import io.millrace.batchjob.job.DoneLinesContract;
import java.time.Duration;
import java.time.InstantSource;

class DynamoDbDoneLinesTests extends DoneLinesContract {

    private final DynamoDbDoneLines done =
            new DynamoDbDoneLines(
                    TestCloud.dynamoDb(),
                    "millrace-batches",
                    Duration.ofDays(30),
                    InstantSource.system());

    @Override
    protected DoneLines done() {
        return done;
    }
}
