/**
 * Activities: their names, and the queues of tasks that their workers ask for. A task is in its
 * queue from when it is scheduled until a worker has it; which worker that is, its execution's head
 * decides.
 */
@NullMarked
package io.millrace.orchestrator.activity;

import org.jspecify.annotations.NullMarked;
