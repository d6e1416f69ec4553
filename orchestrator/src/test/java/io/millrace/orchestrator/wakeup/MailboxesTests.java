package io.millrace.orchestrator.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Signal;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MailboxesTests {

    private static final ExecutionId ID = new ExecutionId("machine", "execution");

    private final Mailboxes mailboxes = new Mailboxes();

    @Test
    void anUrgentLetterIsWorkedOffByWhoPutItIn() {
        assertThat(put(true)).isTrue();
        assertThat(put(true)).as("somebody is at work").isFalse();
        assertThat(mailboxes.take(ID)).hasSize(2);
        assertThat(mailboxes.take(ID)).isEmpty();
        assertThat(mailboxes.size()).isZero();
    }

    @Test
    void aPatientLetterGoesWithTheNextUrgentOne() {
        assertThat(put(false)).isFalse();
        assertThat(put(true)).isTrue();
        assertThat(mailboxes.take(ID)).hasSize(2);
    }

    @Test
    void aPatientLetterThatNothingTakesAlongIsWorkedOffInAHurry() {
        put(false);
        assertThat(mailboxes.hurry(ID)).isTrue();
        assertThat(mailboxes.take(ID)).hasSize(1);
        assertThat(mailboxes.take(ID)).isEmpty();
        assertThat(mailboxes.hurry(ID)).isFalse();
    }

    @Test
    void aHurryForALetterThatIsBeingWorkedOffLeavesTheMailboxOpen() {
        put(false);
        put(true);
        assertThat(mailboxes.take(ID)).hasSize(2);
        assertThat(mailboxes.hurry(ID)).isFalse();
        assertThat(mailboxes.take(ID)).isEmpty();
        assertThat(put(true)).as("nobody is at work any more").isTrue();
    }

    private boolean put(boolean urgent) {
        var letter = new Mailboxes.Letter(new Signal.Due(), new CompletableFuture<>());
        return mailboxes.put(ID, letter, urgent);
    }
}
