/**
 * Keeps executions: a head is replaced only by who has read the latest one. The journal alone
 * decides; everything else, memory, queues and timers, only hints at it.
 */
@NullMarked
package io.millrace.orchestrator.journal;

import org.jspecify.annotations.NullMarked;
