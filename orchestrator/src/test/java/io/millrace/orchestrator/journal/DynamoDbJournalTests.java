package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.OrchestratorFixture;

class DynamoDbJournalTests extends JournalContract {

    @Override
    Journal journal() {
        return OrchestratorFixture.shared().bean(Journal.class);
    }
}
