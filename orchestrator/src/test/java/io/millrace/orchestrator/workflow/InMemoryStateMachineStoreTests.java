package io.millrace.orchestrator.workflow;

class InMemoryStateMachineStoreTests extends StateMachineStoreContract {

    private final StateMachineStore store = new InMemoryStateMachineStore();

    @Override
    StateMachineStore store() {
        return store;
    }
}
