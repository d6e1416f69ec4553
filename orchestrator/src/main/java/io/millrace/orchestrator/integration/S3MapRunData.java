package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.wakeup.MapRunData;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** The data of map runs in S3. */
final class S3MapRunData implements MapRunData {

    private final S3Items items;
    private final S3Results results;

    S3MapRunData(Supplier<S3Client> s3, Arns arns) {
        this.items = new S3Items(s3);
        this.results = new S3Results(s3, arns);
    }

    @Override
    public Iterator<MapItem> read(MapRun.Service reader) {
        return CheckedItems.checked(() -> items.read(reader));
    }

    @Override
    public Datum write(MapRun.Service writer, String mapRunArn, Stream<Head> children) {
        return results.write(writer, mapRunArn, children);
    }
}
