package io.millrace.orchestrator.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The browser of this machine, as Debian's packages chromium and chromium-driver bring it. */
final class Chromium {

    private static final Dimension WINDOW = new Dimension(1400, 1000);

    private Chromium() {}

    /** Where CI runs, the browser has to be there. */
    static boolean isExpected() {
        return "true".equals(System.getenv("CI"))
                || (browser().isPresent() && driver().isPresent());
    }

    private static Optional<Path> browser() {
        return first("/usr/bin/chromium", "/usr/bin/google-chrome");
    }

    private static Optional<Path> driver() {
        return first("/usr/bin/chromedriver", "/usr/local/bin/chromedriver");
    }

    private static Optional<Path> first(String... places) {
        return Stream.of(places).map(Path::of).filter(Files::isExecutable).findFirst();
    }

    static ChromeDriver start() {
        var options = new ChromeOptions();
        options.setBinary(
                browser()
                        .orElseThrow(() -> new IllegalStateException("apt-get install chromium"))
                        .toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run");
        var service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(
                                driver().orElseThrow(() ->
                                                new IllegalStateException(
                                                        "apt-get install chromium-driver"))
                                        .toFile())
                        .usingAnyFreePort()
                        .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(WINDOW);
        driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(10));
        return driver;
    }
}
