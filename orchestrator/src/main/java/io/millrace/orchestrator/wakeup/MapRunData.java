package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.stateslanguage.error.EvaluationFailure;
import java.util.Iterator;
import java.util.stream.Stream;

/** Where distributed Maps read items from and write results to. */
public interface MapRunData {

    /**
     * The items of an ItemReader, always in the same order.
     *
     * @throws EvaluationFailure States.ItemReaderFailed, if there are none to be read
     */
    Iterator<MapItem> read(MapRun.Service reader);

    /**
     * Writes results as a ResultWriter says, and returns what the state's result is then.
     *
     * @param children those that have ended, in the order of their items
     * @throws EvaluationFailure States.ResultWriterFailed, if they cannot be written
     */
    Datum write(MapRun.Service writer, String mapRunArn, Stream<Head> children);
}
