package io.millrace.transformload.result;

/** Who wants to know of new results. */
public interface Announcements {

    /** Tells them; once more, with the same id, is recognised by whoever counts ids. */
    void announce(Stored result);
}
