/**
 * Keeps state machines: their definitions, by name as they are now and by revision as executions
 * follow them, and the workflows that are registered at start.
 */
@NullMarked
package io.millrace.orchestrator.workflow;

import org.jspecify.annotations.NullMarked;
