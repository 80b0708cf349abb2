package io.bursar.sandbox;

import io.bursar.sandbox.http.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;

/** A real browser without a window, at the width of a desk or of a phone, in light or dark, with axe at hand. */
final class Chromium implements AutoCloseable {
    private static final Duration PAGE_LOAD_MAX = Duration.ofSeconds(30);
    private static final Set<String> IMPACTS_REFUSED = Set.of("serious", "critical");
    private static final String AXE = axe();

    private final String baseUrl;
    private final ChromeDriver driver;

    enum Screen {
        DESKTOP(1280, 900),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    enum Theme {
        LIGHT,
        DARK
    }

    private Chromium(String baseUrl, ChromeDriver driver) {
        this.baseUrl = baseUrl;
        this.driver = driver;
    }

    static Chromium start(String baseUrl) {
        var options = new ChromeOptions();
        options.setBinary(program("chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run");
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(PAGE_LOAD_MAX);
        return new Chromium(baseUrl, driver);
    }

    private static Path program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + name + " on PATH, and the pages are tested in a"
                        + " real browser (Debian: apt-get install chromium chromium-driver)."));
    }

    private static String axe() {
        try (var script = ChromeDriver.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Chromium at(Screen screen, Theme theme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        screen.width,
                        "height",
                        screen.height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        screen == Screen.PHONE));
        var scheme = Map.of("name", "prefers-color-scheme", "value", theme == Theme.DARK ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
        return this;
    }

    Chromium open(String path) {
        driver.get(baseUrl + path);
        return this;
    }

    void signIn(DemoFile.SignIn operator) {
        open("/login");
        driver.findElement(By.name("email")).sendKeys(operator.email());
        driver.findElement(By.name("password")).sendKeys(operator.password());
        driver.findElement(By.cssSelector("main form button")).click();
    }

    void signOut() {
        driver.manage().deleteAllCookies();
    }

    String path() {
        return String.valueOf(driver.getCurrentUrl()).substring(baseUrl.length());
    }

    /** One evaluation, so that the page may change what it shows meanwhile. */
    String text(String selector) {
        return String.valueOf(
                driver.executeScript("return document.querySelector(arguments[0])?.textContent ?? ''", selector));
    }

    /** What is wider than its place, so that somebody has to scroll sideways to read it: the page, a card. */
    List<String> tooWide(Screen screen) {
        var found = driver.executeScript("""
                const width = arguments[0];
                const page = document.documentElement.scrollWidth;
                const scrolls = each => ['auto', 'scroll'].includes(getComputedStyle(each).overflowX);
                const cards = [...document.querySelectorAll('.card, .card *')].filter(each =>
                    each.scrollWidth > each.clientWidth && scrolls(each));
                return (page > width ? ['page: ' + page + ' of ' + width] : []).concat(cards.map(each =>
                    each.className + ' ' + each.innerText.slice(0, 40) + ': ' + each.scrollWidth + ' of '
                    + each.clientWidth));
                """, screen.width);
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Leaves a mark that lives as long as the page is not loaded anew. */
    void mark() {
        driver.executeScript("window.marked = true");
    }

    boolean isMarked() {
        return Boolean.TRUE.equals(driver.executeScript("return window.marked === true"));
    }

    /** Puts a barrier into the page, for a test of the tests. */
    void deface() {
        driver.executeScript("document.querySelector('main').insertAdjacentHTML('beforeend', '<p><input></p>')");
    }

    /** What the browser complained about since it was last asked: refused by the policy, missing, broken scripts. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What axe finds that keeps somebody out: the rule, and the elements that break it. */
    List<String> barriers() {
        driver.executeScript(AXE);
        var found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                    results => done(JSON.stringify(results.violations)), failure => done('failed: ' + failure));
                """);
        return StreamSupport.stream(Json.parse(String.valueOf(found)).spliterator(), false)
                .filter(rule -> IMPACTS_REFUSED.contains(rule.path("impact").asString("")))
                .map(Chromium::words)
                .toList();
    }

    private static String words(JsonNode rule) {
        var places = StreamSupport.stream(rule.path("nodes").spliterator(), false)
                .map(node -> node.path("html").stringValue() + " "
                        + node.path("any").path(0).path("message").asString(""))
                .toList();
        return rule.path("id").stringValue() + ": " + rule.path("help").stringValue() + " " + places;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
