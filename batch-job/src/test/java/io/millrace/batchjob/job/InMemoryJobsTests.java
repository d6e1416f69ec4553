package io.millrace.batchjob.job;

class InMemoryJobsTests extends JobsContract {

    private final InMemoryJobs jobs = new InMemoryJobs();

    @Override
    protected Jobs jobs() {
        return jobs;
    }
}
