package io.millrace.transformload.result;

/** The table of results. */
public interface Results {

    /** Stores a result if it is not there yet; that it is there is no failure. */
    void putIfAbsent(Result result, Location archived);
}
