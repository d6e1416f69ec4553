package io.millrace.transformload.result;

import java.util.List;
import java.util.Set;

/** Where every result's document is kept, in an object of its own or in one with others. */
public interface Archive {

    /** Where a new result's own object will lie. */
    Location location(Result result);

    /** Where the object of some results of one partition will lie: for the same ones, the same. */
    Location location(List<Result> results);

    /** Puts a result's own object where the table says; once more changes nothing. */
    void put(Stored result);

    /**
     * Puts one object of several results where the table says of each that it lies.
     *
     * @return false if an object is there already, which may be another one
     */
    boolean putNew(Location location, List<Stored> results);

    /**
     * The ids of the results whose common object lies there. If there is none, there never will be:
     * nobody who has planned to put one can do it any more.
     */
    Set<String> closed(Location location);
}
