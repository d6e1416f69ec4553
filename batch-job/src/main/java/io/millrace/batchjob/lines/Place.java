package io.millrace.batchjob.lines;

/**
 * A place between two lines of an object.
 *
 * @param offset how many bytes lie before it
 * @param physical the number of the line after it, as an editor counts, from 1
 * @param records how many records lie before it
 */
public record Place(long offset, long physical, long records) {

    /** The beginning. */
    public static final Place START = new Place(0, 1, 0);

    public Place {
        if (offset < 0 || physical < 1 || records < 0) {
            throw new IllegalArgumentException(
                    "no place in an object: offset %d, line %d, %d records"
                            .formatted(offset, physical, records));
        }
    }
}
