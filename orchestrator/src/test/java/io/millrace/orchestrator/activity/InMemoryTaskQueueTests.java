package io.millrace.orchestrator.activity;

class InMemoryTaskQueueTests extends TaskQueueContract {

    private final TaskQueue queue = new InMemoryTaskQueue();

    @Override
    TaskQueue queue() {
        return queue;
    }
}
