package io.millrace.orchestrator.workflow;

import io.millrace.orchestrator.OrchestratorFixture;

class DynamoDbStateMachineStoreTests extends StateMachineStoreContract {

    @Override
    StateMachineStore store() {
        return OrchestratorFixture.shared().bean(StateMachineStore.class);
    }
}
