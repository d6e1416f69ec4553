package io.millrace.orchestrator.integration;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * What some iterators have, one after the other. A stream that is flat-mapped keeps all that the
 * next of them has as soon as it is asked for one.
 */
final class Flattened<T> implements Iterator<T> {

    private final Iterator<Iterator<T>> parts;
    private Iterator<T> part = Collections.emptyIterator();

    Flattened(Iterator<Iterator<T>> parts) {
        this.parts = parts;
    }

    @Override
    public boolean hasNext() {
        while (!part.hasNext() && parts.hasNext()) {
            part = parts.next();
        }
        return part.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return part.next();
    }
}
