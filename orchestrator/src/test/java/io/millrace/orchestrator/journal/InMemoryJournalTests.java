package io.millrace.orchestrator.journal;

class InMemoryJournalTests extends JournalContract {

    private final Journal journal = new InMemoryJournal();

    @Override
    Journal journal() {
        return journal;
    }
}
