package io.millrace.statestestkit;

import static io.millrace.statestestkit.Answer.fails;
import static io.millrace.statestestkit.Answer.never;
import static io.millrace.statestestkit.Answer.returns;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of docs/examples/saga, every state and every branch of it. */
class OrderSagaTests {

    private static final String SMALL = "{\"id\": \"o-1\", \"total\": 40}";
    private static final String LARGE = "{\"id\": \"o-2\", \"total\": 2500}";

    private static final StateMachineTest SAGA =
            StateMachineTest.of(Path.of("../docs/examples/saga/order-saga.asl.json"))
                    .mock("Reserve stock", returns("{\"id\": \"r-1\"}"))
                    .mock("Ask for approval", never())
                    .mock("Charge card", returns("{\"id\": \"c-1\"}"))
                    .mock("Book courier", returns("{\"id\": \"b-1\"}"))
                    .mock("Confirm order", returns("{}"))
                    .mock("Cancel courier", returns("{}"))
                    .mock("Refund card", returns("{}"))
                    .mock("Release stock", returns("{}"));

    @RegisterExtension static final RequiredCoverage COVERAGE = SAGA.coverage().required();

    @Test
    void aSmallOrderIsPlacedWithoutAsking() {
        assertThat(SAGA.run(SMALL))
                .hasOutput(
                        """
                        {"order": "o-1", "reservation": {"id": "r-1"}, "payment": {"id": "c-1"}, "booking": {"id": "b-1"}}
                        """)
                .visited("Reserve stock", "Pay and book", "Confirm order", "Order placed")
                .didNotVisit("Ask for approval", "Release stock");
    }

    @Test
    void aLargeOrderWaitsForTheLinkToBeFollowed() {
        var execution = SAGA.start(LARGE);
        assertThat(execution).isRunning().waitsIn("Ask for approval");
        var link = execution.calls("Ask for approval").getFirst().input().at("/MessageBody/link");
        var token = link.asString().replaceFirst(".*\\?token=", "");

        execution.advance(Duration.ofDays(2)).sendTaskSuccess(token, "{\"by\": \"chief\"}");

        assertThat(execution.finish()).succeeded().took(Duration.ofDays(2));
    }

    @Test
    void aRejectedOrderGivesItsStockBack() {
        var execution = SAGA.start(LARGE);

        execution.sendTaskFailure(
                execution.token("Ask for approval"), "Approval.Rejected", "too much");

        assertThat(execution.finish())
                .failedWith("Approval.Rejected", "too much")
                .visitedExactly(
                        "Take order",
                        "Reserve stock",
                        "Large order?",
                        "Ask for approval",
                        "Release stock",
                        "Order failed");
    }

    @Test
    void nobodyDecidesForThreeDays() {
        assertThat(SAGA.run(LARGE))
                .failedWith("Approval.Missing")
                .visited("Release stock")
                .took(Duration.ofDays(3));
    }

    @Test
    void whatWasDoneIsUndoneInReverseOrder() {
        assertThat(SAGA.mock("Confirm order", fails("Mail.Broken", "no such host")).run(SMALL))
                .failedWith("Mail.Broken", "no such host")
                .visited(
                        "Confirm order",
                        "Cancel courier",
                        "Refund card",
                        "Release stock",
                        "Order failed");
    }

    @Test
    void aDeclinedCardIsNotRefunded() {
        assertThat(SAGA.mock("Charge card", fails("Card.Declined")).run(SMALL))
                .failedWith("Card.Declined")
                .visited("Card not charged", "Cancel courier", "Release stock")
                .didNotVisit("Refund card", "Confirm order");
    }

    @Test
    void aCourierThatRefusesIsNotCancelled() {
        assertThat(SAGA.mock("Book courier", fails("Courier.Refused")).run(SMALL))
                .failedWith("Courier.Refused")
                .visited("Courier not booked", "Refund card", "Release stock")
                .didNotVisit("Cancel courier");
    }

    @Test
    void whoDoesNotAnswerMayHaveDoneItAndIsUndone() {
        var execution = SAGA.mock("Charge card", never()).run(SMALL);

        assertThat(execution)
                .failedWith("States.Timeout")
                .visited("Card not charged", "Cancel courier", "Refund card", "Release stock");
        assertThat(execution.calls("Refund card").getFirst().input().get("MessageBody").toString())
                .isEqualTo("{\"order\":\"o-1\"}");
    }

    @Test
    void stockThatCannotBeHadLeavesNothingToUndo() {
        assertThat(SAGA.mock("Reserve stock", fails("Stock.None")).run(SMALL))
                .failedWith("Stock.None")
                .didNotVisit("Release stock");
    }

    @Test
    void stockOfWhichNobodyHearsIsReleased() {
        assertThat(SAGA.mock("Reserve stock", never()).run(SMALL))
                .failedWith("States.Timeout")
                .visited("Release stock")
                .retried(
                        "Reserve stock",
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reserve stock", "Charge card", "Book courier", "Confirm order"})
    void whoIsBusyIsAskedAgain(String state) {
        assertThat(SAGA.mock(state, fails("Busy"), returns("{\"id\": \"late\"}")).run(SMALL))
                .succeeded()
                .retried(state, Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cancel courier", "Refund card", "Release stock"})
    void undoingIsTriedUntilItWorks(String state) {
        assertThat(
                        SAGA.mock("Confirm order", fails("Mail.Broken"))
                                .mock(state, fails("Down"), fails("Down"), returns("{}"))
                                .run(SMALL))
                .failedWith("Mail.Broken")
                .retried(state, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }
}
