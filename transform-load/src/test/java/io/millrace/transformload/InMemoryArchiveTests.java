package io.millrace.transformload;

import io.millrace.transformload.result.Archive;

class InMemoryArchiveTests extends ArchiveContract {

    private final Archive archive = new InMemoryArchive(() -> {});

    @Override
    Archive archive() {
        return archive;
    }
}
