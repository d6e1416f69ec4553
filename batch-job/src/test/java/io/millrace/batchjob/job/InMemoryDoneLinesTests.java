package io.millrace.batchjob.job;

class InMemoryDoneLinesTests extends DoneLinesContract {

    private final InMemoryDoneLines done = new InMemoryDoneLines();

    @Override
    protected DoneLines done() {
        return done;
    }
}
