package io.millrace.benchmarks.engine;

import io.millrace.benchmarks.engine.Starts.Started;
import tools.jackson.databind.node.ObjectNode;

/** Finds out when executions have ended, after they were started. */
interface Ends {

    /** Looks at nothing: the requests of who looks are not to be counted. */
    Ends UNOBSERVED =
            new Ends() {
                @Override
                public ObjectNode described(Started started) {
                    return started.figures();
                }

                @Override
                public ObjectNode counted(long before, Started started) {
                    return started.figures();
                }

                @Override
                public long counted() {
                    return 0;
                }
            };

    /** The figures of executions that DescribeExecution tells of: each has to have succeeded. */
    ObjectNode described(Started started) throws Exception;

    /** The figures of executions of which only the orchestrator's metrics tell. */
    ObjectNode counted(long before, Started started) throws Exception;

    /** How many executions have ended so far, by the orchestrator's metrics. */
    long counted() throws Exception;
}
