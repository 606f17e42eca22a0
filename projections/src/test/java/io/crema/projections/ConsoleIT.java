package io.crema.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.platform.EmbeddedBroker;
import io.crema.platform.EmbeddedPostgres;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console as somebody sees it: a real browser before the real service on a real broker and database. With
 * {@code -Dcrema.console.picture=true} it also takes the picture docs/console.png.
 */
class ConsoleIT {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE, d MMM yyyy", Locale.UK);

    @TempDir
    static Path folder;

    static EmbeddedBroker broker;
    static EmbeddedPostgres postgres;
    static Fleet log;
    static ConsoleFleet fleet;
    static ProjectionsConfig config;
    static ProjectionsService service;
    static ConsoleBrowser browser;
    static LocalDate today;

    @BeforeAll
    static void start() throws Exception {
        ConsoleBrowser.missing().ifPresent(why -> abort("the console is not tried in a browser: " + why));
        broker = EmbeddedBroker.builder(folder.resolve("broker")).start();
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        log = new Fleet(broker.bootstrapServers());
        var directory = folder.resolve("directory.json");
        Files.writeString(directory, new ObjectMapper().writeValueAsString(ConsoleFleet.directory()));
        config = ProjectionsConfig.local(broker.bootstrapServers(), postgres.jdbcUrl())
                .withDirectory(directory);
        service = new ProjectionsService(config);
        service.start();
        var now = Instant.now();
        today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        fleet = new ConsoleFleet(log, now);
        log.commit(fleet::past);
        browser = new ConsoleBrowser();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
            log.close();
            postgres.close();
            broker.close();
        }
    }

    @Test
    void shouldAnswerFiveQuestionsToSomebodyWhoHasReadNothing() throws Exception {
        serve();
        browser.open(service.address() + "/", 1440, 1000, "light");
        browser.await(figure("Cups", count(fleet.cups())));

        // Which machines are serving right now?
        browser.await("5 of 6 machines are serving\\. 1 faulty\\.");
        browser.await("BE-1041\\s[\\s\\S]*Lobby, Basel[\\s\\S]*92\\.\\d °C|93\\.\\d °C");
        // What did customer X spend today?
        for (var customer : new String[] {"Northwind Legal", "Alder & Finch", "Kestrel Robotics"}) {
            browser.await(DAY.format(today) + ",[^\\n]*" + customer + " spent " + money(fleet.spent(customer, today)));
        }
        // What has been paid out on chain, and when?
        var paid = browser.await(money(fleet.redeemed()) + " paid out so far\\. The newest payment, [^\\n]* ago, was "
                + money(fleet.redeemed()) + " to Bergamo Espresso Works\\. 1 redemption is on the way\\.");
        assertThat(paid)
                .contains("Paid out")
                .contains("236,500")
                .contains("shared by 6")
                .contains("block 1,207");
        // Is anything stuck or refused, and why?
        var problems = browser.await("Refused record");
        assertThat(problems)
                .contains("BAD_SIGNATURE", "receipt 3 is signed by 0x12, expected 0x34", "What to do:")
                .contains("Machine BE-1069 has a fault");
        // Is the system healthy?
        browser.await("The system is healthy\\. All parts are well\\.");
        browser.await("1 request open, for BE-1069\\.");
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void shouldMoveWithEachSaleAndNeverLoadAgain() throws Exception {
        browser.open(service.address() + "/", 1440, 1000, "light");
        browser.await(figure("Cups", count(fleet.cups())));
        browser.await("Live");
        var loaded = browser.loaded();
        for (var cup = 0; cup < 2; cup++) {
            log.commit(() -> fleet.sell("BE-1048", Instant.now()));
            browser.await(figure("Cups", count(fleet.cups())));
            browser.await("Alder & Finch spent " + money(fleet.spent("Alder & Finch", today)));
        }
        assertThat(browser.loaded()).isEqualTo(loaded);
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void shouldSayWhenItIsCutOffAndResume() throws Exception {
        browser.open(service.address() + "/", 1440, 1000, "light");
        browser.await("Live");
        var loaded = browser.loaded();
        var samePort = config.withHttpPort(service.port());
        service.close();
        browser.await("Reconnecting…");
        browser.await("The server does not answer\\.");
        service = new ProjectionsService(samePort);
        service.start();
        log.commit(() -> fleet.sell("BE-1055", Instant.now()));
        browser.await("Live");
        browser.await(figure("Cups", count(fleet.cups())));
        assertThat(browser.loaded()).isEqualTo(loaded);
        // what it asked for in between could not be answered, and it says so on the console of the browser
        assertThat(browser.faults()).allMatch(fault -> fault.contains("Failed to load resource"));
    }

    @Test
    void shouldBeUsableByAll() throws Exception {
        serve();
        var machine = "/machines/" + hex(Fleet.id("BE-1041").bytes());
        var channel = "/channels/" + hex(Fleet.id("channel BE-1041").bytes());
        var customer = "/customers/" + hex(Fleet.account("Northwind Legal").bytes());
        check("/", 1440, "light", "Paid out");
        check("/", 390, "dark", "Paid out");
        check(machine, 1440, "dark", "Machine BE-1041[\\s\\S]*Coffee boiler temperature");
        check(channel, 1440, "light", "Channel of Northwind Legal for BE-1041[\\s\\S]*Accepted, not yet paid out");
        check(customer, 390, "light", "Northwind Legal[\\s\\S]*Spent in all");
    }

    @Test
    void shouldHaveItsPictureTaken() throws Exception {
        serve();
        browser.open(service.address() + "/", 1440, 1000, "light");
        browser.await("BE-1076(?:(?!BE-)[\\s\\S])*°C[\\s\\S]*Paid out");
        var picture = Boolean.getBoolean("crema.console.picture")
                ? Path.of("../docs/console.png").toAbsolutePath().normalize()
                : folder.resolve("console.png");
        browser.picture(picture);
        assertThat(picture).isNotEmptyFile();
    }

    private static void check(String path, int width, String scheme, String shown) throws Exception {
        browser.open(service.address() + path, width, 900, scheme);
        browser.await(shown);
        assertThat(browser.violations())
                .as("%s, %d px wide, %s", path, width, scheme)
                .isEmpty();
    }

    /** All machines but the faulty one pour a cup just now. */
    private static void serve() {
        log.commit(() -> ConsoleFleet.MACHINES.stream()
                .filter(machine -> !machine.equals(ConsoleFleet.FAULTY))
                .forEach(machine -> fleet.sell(machine, Instant.now().minus(Duration.ofMillis(200)))));
    }

    /** A key figure as the page shows it. */
    private static String figure(String name, String value) {
        return name + "\\s+" + value + "\\s";
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private static String money(long units) {
        var amount = BigDecimal.valueOf(units, 6).stripTrailingZeros();
        return String.format(Locale.ENGLISH, "%,." + Math.max(2, amount.scale()) + "f", amount)
                        .replace(".", "\\.") + " CTT";
    }

    private static String hex(byte[] bytes) {
        return io.crema.contracts.value.Hex.encode(bytes);
    }
}
