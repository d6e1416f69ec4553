package io.millrace.errorhandler.deadletters;

import java.util.List;

/** Where dead letters lie. One that was received is hidden from others for a while. */
public interface DeadLetterQueue {

    /** A few of those that nobody has received; none if there seem to be no more. */
    List<DeadLetter> receive();

    /** Shows letters to others again. */
    void release(List<DeadLetter> letters);

    void delete(List<DeadLetter> letters);
}
