package io.crema.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class PhoneCommandTest {
    @TempDir
    private Path folder;

    private record Done(int code, String out, String err) {}

    @Test
    void shouldTakeABadgeAskAboveItsLimitAndPayAtAMachine() throws Exception {
        try (var machine = new MachineAtReader()) {
            var address = field(run("init").out(), "key");
            var badge = issue(machine, address, "--link").out().strip();
            assertThat(badge).startsWith("crema:badge/");
            assertThat(run("badge", "add", badge).out()).contains("badge    Roasters: up to 100.00 EUR in total");
            assertThat(run("limits", "--each", "2", "--day", "5").out())
                    .contains("limits   2.00 EUR without asking, 5.00 EUR a day");

            assertThat(tap(machine)).contains(TapStatus.MUST_CONFIRM);
            assertThat(run("show").out()).contains("asked    2.50 EUR for Iced Matcha");
            assertThat(run("confirm", "--yes").out()).contains("Pay 2.50 EUR for Iced Matcha?");
            assertThat(tap(machine)).isEmpty();
            assertThat(run("show").out())
                    .contains("Iced Matcha")
                    .contains("today    2.50 EUR")
                    .doesNotContain("not confirmed");
            assertThat(tap(machine)).contains(TapStatus.MUST_CONFIRM);

            run("limits", "--each", "any", "--locked", "yes");
            assertThat(tap(machine)).contains(TapStatus.LOCKED);
            assertThat(run("unlock", "--minutes", "5").code()).isZero();
            assertThat(tap(machine)).isEmpty();
            assertThat(tap(machine)).contains(TapStatus.LIMIT_REACHED);
            run("lock");
            assertThat(run("show").out()).contains("locked");
            assertThat(run("badge", "remove", machine.customer.address().hex()).out())
                    .contains("none yet");
        }
    }

    @Test
    void shouldReadTheBadgeThatItWroteAsJson() throws Exception {
        try (var machine = new MachineAtReader()) {
            var address = field(run("init").out(), "key");
            var json = issue(machine, address).out();
            assertThat(BadgeFile.json(BadgeFile.parse(json))).isEqualTo(json.strip());
            var file = Files.writeString(folder.resolve("badge.json"), json);
            assertThat(run("badge", "add", file.toString()).code()).isZero();
            assertThat(run("badge", "add", json.replace("31337", "1")).err())
                    .contains("Domain[chainId=1,")
                    .contains("use a wallet of its own");
            assertThat(run("badge", "add", json.replace("\"epoch\" : 0", "\"epoch\" : \"x\""))
                            .err())
                    .contains("'epoch' is \"x\"; expected a whole number");
            assertThat(run("badge", "add", json.replace("signature", "seal")).err())
                    .contains("lacks 'signature'");
            assertThat(run("badge", "add", "{").err()).contains("no JSON");
        }
    }

    @Test
    void shouldSayThatItsBadgeIsRevoked() throws Exception {
        try (var machine = new MachineAtReader()) {
            var invitation = machine.invitation(field(run("init").out(), "key"));
            run("badge", "add", invitation.link());
            var json = machine.revocations(invitation.company().badge().orElseThrow());
            assertThat(run("badge", "revoked", json).out()).contains("revoked: ask for a new one");
            assertThat(tap(machine)).contains(TapStatus.BADGE_REVOKED);
            assertThat(run("badge", "add", invitation.link()).err()).contains("has revoked this badge");
            assertThat(run("badge", "revoked", json.replace("\"version\":1", "\"version\":2"))
                            .err())
                    .contains("not signed by a key of company");
            assertThat(run("badge", "revoked", "{}").err()).contains("lacks 'badges'");
        }
    }

    @Test
    void shouldKeepItsKeyEncryptedAndToItsOwner() throws Exception {
        assertThat(run("init").code()).isZero();
        for (var file : List.of("key.json", "password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home().resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home())))
                .isEqualTo("rwx------");
        assertThat(Files.readString(home().resolve("key.json"))).contains("ciphertext");
        assertThat(run("init").err()).contains("has a wallet already");
        Files.writeString(home().resolve("password"), "wrong\n");
        assertThat(run("tap", "--reader", "127.0.0.1:1").err()).contains("does not open with the given password");
        Files.delete(home().resolve("password"));
        assertThat(run("tap").err()).contains("--password-file");
    }

    @Test
    void shouldNameTheValueAndTheRemedyOfEachFault() throws Exception {
        assertThat(run("show").err())
                .contains("there is no wallet in " + home())
                .contains("crema phone init");
        run("init");
        var faults = List.of(
                List.of("tap --reader nowhere", "--reader is 'nowhere'; give HOST:PORT"),
                List.of("tap --reader 127.0.0.1:1", "no virtual reader at 127.0.0.1:1"),
                List.of("limits --each 2", "add a badge first"),
                List.of("limits --locked maybe", "--locked is 'maybe'; give yes or no"),
                List.of("unlock --minutes 0", "--minutes is 0; give 1 to 1440"),
                List.of("confirm", "no machine has asked"),
                List.of("badge add nowhere.json", "cannot read nowhere.json"),
                List.of("badge add crema:badge/AAAA", "badge's link is damaged"),
                List.of("badge remove 0x12", "0x12"),
                List.of("init --password-file nowhere", "has a wallet already"));
        for (var fault : faults) {
            var done = run(fault.getFirst().split(" "));
            assertThat(done.code()).as(fault.getFirst()).isEqualTo(1);
            assertThat(done.err()).startsWith("crema: ").contains(fault.get(1)).doesNotContain("\tat ");
        }
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("brew").code()).isEqualTo(2);
    }

    private Done issue(MachineAtReader machine, String employee, String... more) throws Exception {
        var password = Files.writeString(folder.resolve("company.password"), "company\n");
        var key = folder.resolve("company.json");
        if (!Files.exists(key)) {
            KeyStoreFile.create(key, machine.customer, Password.of("company"), KeyStoreFile.Strength.LIGHT);
        }
        var arguments = new ArrayList<>(List.of("badge", "issue", "--company-key", key.toString()));
        arguments.addAll(List.of("--password-file", password.toString(), "--employee", employee, "--max-total", "100"));
        arguments.addAll(List.of("--chain-id", "31337", "--name", "Roasters", "--symbol", "EUR"));
        arguments.addAll(
                List.of("--payment-provider", machine.domain.verifyingContract().hex()));
        arguments.addAll(List.of("--product", "Iced Matcha"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** Empty when the machine was paid. */
    private Optional<TapStatus> tap(MachineAtReader machine) throws Exception {
        var phone = CompletableFuture.supplyAsync(() -> run("tap", "--reader", machine.address()));
        Optional<TapStatus> refused = Optional.empty();
        try {
            machine.serve();
        } catch (TapRefusedException e) {
            refused = TapStatus.of(e.statusWord());
        }
        var done = phone.get(20, TimeUnit.SECONDS);
        assertThat(done.code()).as(done.toString()).isEqualTo(refused.isEmpty() ? 0 : 1);
        assertThat(done.out()).contains(refused.map(TapStatus::sentence).orElse("the machine has the receipt"));
        return refused;
    }

    private Path home() {
        return folder.resolve("wallet");
    }

    private Done run(String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        if (!line.isEmpty() && !(line.contains("issue") || line.contains("brew"))) {
            line.addAll(List.of("--home", home().toString()));
        }
        var out = new StringWriter();
        var err = new StringWriter();
        var code = new CommandLine(new PhoneCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
        return new Done(code, out.toString(), err.toString());
    }

    private static String field(String out, String name) {
        return out.lines()
                .filter(it -> it.startsWith(name + " "))
                .map(it -> it.substring(name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + out));
    }
}
