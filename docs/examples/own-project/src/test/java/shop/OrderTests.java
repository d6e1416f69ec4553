package shop;

import static io.millrace.statestestkit.Answer.never;
import static io.millrace.statestestkit.Answer.returns;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.statestestkit.StateMachineTest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OrderTests {

    private static final StateMachineTest ORDER =
            StateMachineTest.of(Path.of("src/test/resources/order.asl.json"));

    @Test
    void anAnswerEndsTheOrder() {
        var execution = ORDER.mock("Ask", returns("{\"sold\": true}")).run("{}");

        assertThat(execution).succeeded().hasOutputAt("/sold", true);
    }

    @Test
    void nobodyIsWaitedForLongerThanThirtyDays() {
        var execution = ORDER.mock("Ask", never()).run("{}");

        assertThat(execution).failedWith("States.Timeout").took(Duration.ofDays(30));
    }
}
