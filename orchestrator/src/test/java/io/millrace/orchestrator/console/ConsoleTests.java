package io.millrace.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.OrchestratorFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;
import org.openqa.selenium.support.ui.Select;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The console in a browser. {@code -Dscreenshots=FOLDER} keeps what it shows. */
@EnabledIf("io.millrace.orchestrator.console.Chromium#isExpected")
class ConsoleTests {

    private static final String ORDER =
            """
            {"StartAt": "Check", "States": {
              "Check": {"Type": "Choice", "Choices": [{"Variable": "$.amount", "NumericGreaterThan": 0, "Next": "Prepare"}], "Default": "Refuse"},
              "Prepare": {"Type": "Parallel", "Branches": [
                {"StartAt": "Reserve", "States": {"Reserve": {"Type": "Pass", "Result": {"reserved": true}, "End": true}}},
                {"StartAt": "Each line", "States": {"Each line": {"Type": "Map", "ItemsPath": "$.lines", "ItemProcessor": {
                  "StartAt": "Price", "States": {"Price": {"Type": "Pass", "End": true}}}, "End": true}}}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Refuse"}], "Next": "Ship"},
              "Ship": {"Type": "Wait", "SecondsPath": "$[0].pause", "Next": "Done"},
              "Done": {"Type": "Succeed"},
              "Refuse": {"Type": "Fail", "Error": "Order.Refused", "Cause": "the amount is not positive"}}}
            """
                    .replace("{\"reserved\": true}", "{\"pause\": 0}");
    private static final String WAITING =
            """
            {"StartAt": "Wait for it", "States": {"Wait for it": {"Type": "Wait", "Seconds": 86400, "End": true}}}
            """;

    private static final OrchestratorFixture FIXTURE = OrchestratorFixture.shared();
    private static ChromeDriver browser;

    private final SfnClient sfn = FIXTURE.sfn();
    private final String name = "console-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        browser = Chromium.start();
    }

    @AfterAll
    static void stop() {
        browser.quit();
    }

    @Test
    void aFailedExecutionShowsWhereAndWhy() {
        var machine = create(ORDER);
        var execution = run(machine, "{\"amount\": 0, \"lines\": []}");

        open("#/execution/" + execution);

        assertThat(look("Refuse")).contains("failed");
        assertThat(look("Check")).contains("succeeded");
        assertThat(look("Prepare")).doesNotContain("succeeded").doesNotContain("failed");
        assertThat(find("#state").getText())
                .contains("Refuse", "Order.Refused", "the amount is not positive");
        assertThat(find("#stop").isEnabled()).isFalse();
        screenshot("failed");
        find("#redrive").click();
        find("dialog .primary").click();
        await().untilAsserted(
                        () -> assertThat(find("#history").getText()).contains("ExecutionRedriven"));
    }

    @Test
    void aStateShowsItsInputAndOutput() {
        var machine = create(ORDER);
        var execution =
                run(machine, "{\"amount\": 7, \"lines\": [{\"sku\": \"a\"}, {\"sku\": \"b\"}]}");

        open("#/execution/" + execution);
        find("[data-state='Price']").click();

        assertThat(look("Price")).contains("succeeded", "selected");
        assertThat(find("#state").getText()).contains("1 of 2", "Input", "\"sku\": \"a\"");
        new Select(find("#state select")).selectByIndex(1);
        assertThat(find("#state").getText()).contains("\"sku\": \"b\"");
        assertThat(browser.findElements(By.cssSelector("#history tbody tr")))
                .hasSize(
                        sfn.getExecutionHistory(asked -> asked.executionArn(execution))
                                .events()
                                .size());
        assertThat(browser.findElements(By.cssSelector(".edge.taken"))).hasSize(11);
        screenshot("succeeded");
    }

    @Test
    void executionsAreStartedWithInputAndStopped() {
        var machine = create(WAITING);

        open("#/machine/" + machine);
        find("#start").click();
        type(find("dialog [name=name]"), "by-hand");
        type(find("dialog [name=input]"), "{\"from\":\"the console\"");
        find("dialog .primary").click();
        assertThat(find("dialog .error").getText()).contains("not JSON");
        type(find("dialog [name=input]"), "{\"from\":\"the console\"}");
        find("dialog .primary").click();

        assertThat(find("[data-state='Wait for it'].running").isDisplayed()).isTrue();
        screenshot("running");
        find("#stop").click();
        find("dialog .primary").click();
        await().untilAsserted(() -> assertThat(find(".status").getText()).isEqualTo("ABORTED"));
        var described =
                sfn.describeExecution(asked ->
                        asked.executionArn(
                                machine.replace(":stateMachine:", ":execution:") + ":by-hand"));
        assertThat(described.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(described.input()).isEqualTo("{\"from\":\"the console\"}");
    }

    @Test
    void executionsAreFilteredByStatusAndName() {
        var machine = create(ORDER);
        run(machine, "{\"amount\": 0}");
        run(machine, "{\"amount\": 1, \"lines\": []}");

        open("#/");
        assertThat(find("#machines").getText()).contains(name);
        open("#/machine/" + machine);
        await().untilAsserted(() -> assertThat(rows()).isEqualTo(2));
        screenshot("executions");
        new Select(find("[name=status]")).selectByVisibleText("FAILED");
        await().untilAsserted(() -> assertThat(rows()).isEqualTo(1));
        type(find("[name=name]"), "nothing is called so");
        await().untilAsserted(
                        () -> assertThat(find("#executions").getText()).contains("No execution"));
    }

    @Test
    void aPageGoesOnOnceTheOrchestratorAnswersAgain() {
        var machine = create(ORDER);
        open("#/machine/" + machine);
        await().until(() -> find("#executions").getText().contains("No execution"));

        browser.setNetworkConditions(conditions(true));
        await().until(() -> find("#notices").getText().contains("does not answer"));
        browser.setNetworkConditions(conditions(false));
        run(machine, "{\"amount\": 0, \"lines\": []}");

        await().until(() -> rows() == 1);
    }

    private static ChromiumNetworkConditions conditions(boolean offline) {
        var conditions = new ChromiumNetworkConditions();
        conditions.setOffline(offline);
        return conditions;
    }

    private String create(String definition) {
        return sfn.createStateMachine(asked ->
                        asked.name(name)
                                .roleArn("arn:aws:iam::000000000000:role/console")
                                .definition(definition))
                .stateMachineArn();
    }

    private String run(String machine, String input) {
        var execution =
                sfn.startExecution(asked -> asked.stateMachineArn(machine).input(input))
                        .executionArn();
        await().until(() ->
                sfn.describeExecution(asked -> asked.executionArn(execution)).status()
                        != ExecutionStatus.RUNNING);
        return execution;
    }

    private static void open(String page) {
        browser.get("about:blank");
        browser.get(FIXTURE.endpoint() + "/console/" + page);
    }

    private static WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    private static String look(String state) {
        return Optional.ofNullable(find("[data-state='" + state + "']").getDomAttribute("class"))
                .orElse("");
    }

    private static int rows() {
        browser.manage().timeouts().implicitlyWait(Duration.ZERO);
        try {
            return browser.findElements(By.cssSelector("#executions tbody tr")).size();
        } finally {
            browser.manage().timeouts().implicitlyWait(Duration.ofSeconds(10));
        }
    }

    private static void type(WebElement field, String text) {
        field.clear();
        field.sendKeys(text);
    }

    private static void screenshot(String called) {
        var folder = System.getProperty("screenshots");
        if (folder == null) {
            return;
        }
        try {
            var file = Files.createDirectories(Path.of(folder)).resolve(called + ".png");
            Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
