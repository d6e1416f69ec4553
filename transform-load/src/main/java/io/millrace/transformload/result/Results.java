package io.millrace.transformload.result;

/** The table of results. */
public interface Results {

    /**
     * Stores a result unless one with its id is there; that one is there is no failure.
     *
     * @return what lies there now. It is the first one's, so that a repeat after the mapping has
     *     changed, or with another time, archives and announces what the table holds
     */
    Stored putIfAbsent(Stored result);

    /**
     * Notes that a result's object lies elsewhere, unless another has noted such a thing.
     *
     * @param from what the table held
     * @return what lies there now
     */
    Stored move(Stored from, Location to);
}
