package io.millrace.errorhandler.groups;

class InMemoryGroupsTests extends GroupStoreContract {

    private final GroupStore store = new InMemoryGroups();

    @Override
    GroupStore store() {
        return store;
    }
}
