package io.millrace.transformload.result;

/** Where every result's document is kept as an object. */
public interface Archive {

    /** Where a result's object lies, or will. */
    Location location(Result result);

    /** Puts the object there; once more changes nothing. */
    void put(Result result);
}
