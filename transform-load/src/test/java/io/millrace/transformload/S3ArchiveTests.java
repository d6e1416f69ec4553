package io.millrace.transformload;

import io.millrace.transformload.aws.S3Archive;
import io.millrace.transformload.result.Archive;

class S3ArchiveTests extends ArchiveContract {

    private final Archive archive = new S3Archive(Cloud.S3, Cloud.RESULTS_BUCKET);

    @Override
    Archive archive() {
        return archive;
    }
}
