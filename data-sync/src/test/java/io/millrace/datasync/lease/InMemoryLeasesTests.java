package io.millrace.datasync.lease;

class InMemoryLeasesTests extends LeaseStoreContract {

    private final InMemoryLeases leases = new InMemoryLeases();

    @Override
    protected LeaseStore store() {
        return leases;
    }
}
