package io.millrace.statestestkit;

import static io.millrace.statestestkit.Answer.fails;
import static io.millrace.statestestkit.Answer.never;
import static io.millrace.statestestkit.Answer.returns;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of the README, compiled and run. */
class ReadmeTests {

    @Nested
    // tag::example[]
    class OrderTests {

        static final StateMachineTest ORDER =
                StateMachineTest.of(Path.of("src/test/resources/order.asl.json"))
                        .mockFunction("reserve-stock", order -> Map.of("id", "r-1"))
                        .mockFunction("release-stock", returns("{}"))
                        .mock("Charge", returns("{\"receipt\": 7}"));

        @RegisterExtension static final RequiredCoverage COVERAGE = ORDER.coverage().required();

        @Test
        void aPaidOrderIsShippedAfterThirtyDays() {
            var execution = ORDER.run("{\"item\": \"book\"}");

            assertThat(execution)
                    .succeeded()
                    .visited("Reserve", "Charge", "Shipped")
                    .hasOutputAt("/payment/receipt", 7)
                    .took(Duration.ofDays(30));
        }

        @Test
        void aBusyBankIsAskedAgain() {
            var execution = ORDER.mock("Charge", fails("Bank.Busy"), returns("{}")).run("{}");

            assertThat(execution).succeeded().retried("Charge", Duration.ofSeconds(2));
        }

        @Test
        void withoutPaymentTheStockIsReleased() {
            var execution = ORDER.mock("Charge", never()).start("{}");
            assertThat(execution).waitsIn("Charge");

            execution.sendTaskFailure(execution.token("Charge"), "Bank.Declined", "no money");

            assertThat(execution.finish())
                    .failedWith("Order.NotSold")
                    .called(
                            "Release",
                            "{\"FunctionName\": \"release-stock\", \"Payload\": {\"id\": \"r-1\"}}")
                    .hasEvents("TaskSubmitted", "TaskFailed");
        }
    }

    // end::example[]

    @Test
    void theReadmeShowsThisExample() throws IOException {
        var source =
                Files.readString(
                        Path.of("src/test/java/io/millrace/statestestkit/ReadmeTests.java"));

        assertThat(Files.readString(Path.of("README.md")))
                .contains(source.lines().filter(line -> line.startsWith("import static")).toList())
                .contains(example(source))
                .contains(Files.readString(Path.of("src/test/resources/order.asl.json")));
    }

    private static String example(String source) {
        var start = "// tag::example[]\n";
        return source.substring(
                        source.indexOf(start) + start.length(), source.indexOf("// end::example[]"))
                .stripTrailing()
                .stripIndent();
    }
}
