package io.millrace.batchjob.aws;

import io.millrace.batchjob.TestCloud;
import io.millrace.batchjob.job.Jobs;
import io.millrace.batchjob.job.JobsContract;
import java.time.Duration;

class DynamoDbJobsTests extends JobsContract {

    private final DynamoDbJobs jobs =
            new DynamoDbJobs(TestCloud.dynamoDb(), "millrace-batches", Duration.ofDays(30));

    @Override
    protected Jobs jobs() {
        return jobs;
    }
}
