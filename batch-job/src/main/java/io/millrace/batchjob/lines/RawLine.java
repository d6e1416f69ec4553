package io.millrace.batchjob.lines;

/**
 * A line as it lies in the object, without its end.
 *
 * @param number its number in the object, from 1
 * @param text what it says; of a line that is too long only its beginning
 * @param next the offset of the byte after its end
 * @param nextNumber the number of the line after it; a quoted field may span several
 * @param cut whether it is too long
 */
record RawLine(long number, String text, long next, long nextNumber, boolean cut) {}
