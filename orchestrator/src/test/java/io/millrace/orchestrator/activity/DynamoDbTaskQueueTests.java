package io.millrace.orchestrator.activity;

import io.millrace.orchestrator.OrchestratorFixture;

class DynamoDbTaskQueueTests extends TaskQueueContract {

    @Override
    TaskQueue queue() {
        return OrchestratorFixture.shared().bean(TaskQueue.class);
    }
}
