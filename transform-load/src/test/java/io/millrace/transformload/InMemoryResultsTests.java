package io.millrace.transformload;

import io.millrace.transformload.result.Results;

class InMemoryResultsTests extends ResultsContract {

    private final Results results = new InMemoryResults(() -> {});

    @Override
    Results results() {
        return results;
    }
}
