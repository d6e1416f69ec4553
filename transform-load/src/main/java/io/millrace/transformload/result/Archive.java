package io.millrace.transformload.result;

/** Where every result's document is kept as an object. */
public interface Archive {

    /** Where a new result's object will lie. */
    Location location(Result result);

    /** Puts the object where the table says; once more changes nothing. */
    void put(Stored result);
}
