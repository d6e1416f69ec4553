package io.millrace.orchestrator.workflow;

/** Tells which resources Task states can name. */
@FunctionalInterface
public interface KnownResources {

    boolean isKnown(String resource);
}
