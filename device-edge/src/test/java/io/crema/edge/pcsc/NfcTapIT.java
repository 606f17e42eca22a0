package io.crema.edge.pcsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.TapLink;
import io.crema.edge.Office;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.node.TestNode;
import io.crema.edge.pcsc.PhoneReader.State;
import io.crema.edge.pcsc.VirtualPhone.Fault;
import io.crema.edge.tag.MachineSticker;
import io.crema.edge.tag.SimulatedTag;
import io.crema.edge.tag.TagLostException;
import io.crema.phone.PhoneCard;
import io.crema.platform.Pcscd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NfcTapIT {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    @TempDir
    Path dir;

    private final Office office = new Office();
    private final BlockingQueue<TapOutcome> outcomes = new LinkedBlockingQueue<>();
    private final ApduHandler wallet = new PhoneCard(office.wallet());
    private Pcscd pcscd;
    private TestNode machine;
    private PhoneReader reader;
    private volatile Press pressed = press();

    @BeforeEach
    void start() throws Exception {
        Pcscd.missing().ifPresent(why -> assumeTrue(false, why));
        pcscd = new Pcscd(dir);
        pcscd.start();
        machine = TestNode.open(office, dir.resolve("journal"));
        reader = new PhoneReader("virtual reader", PATIENCE, this::tapped);
        reader.start();
        until("the reader is seen", this::empty);
    }

    @AfterEach
    void stop() throws Exception {
        if (pcscd != null) {
            reader.close();
            machine.close();
            pcscd.close();
        }
    }

    @Test
    void shouldServeAPhoneHeldToTheReader() throws Exception {
        assertThat(tap(wallet, Fault.NONE, -1)).isInstanceOf(TapOutcome.Served.class);
        assertThat(machine.cups()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"GONE_BEFORE", "GONE_AFTER"})
    void shouldSellOnceWhereverThePhoneIsPulledAway(Fault fault) throws Exception {
        var served = 0;
        List<TapOutcome> ends = new ArrayList<>();
        for (var at = 0; ; at++) {
            pressed = press();
            var torn = tap(wallet, fault, at);
            ends.add(torn);
            var again = torn instanceof TapOutcome.Served ? torn : tap(wallet, Fault.NONE, -1);
            assertThat(again)
                    .as("held to the reader again after %s at command %d", fault, at)
                    .isInstanceOf(TapOutcome.Served.class);
            served++;
            assertThat(machine.cups()).isEqualTo(served);
            assertThat(machine.newestSequence()).isEqualTo(served);
            if (commands < at + 1) {
                break; // the tap was over before the fault was due
            }
        }
        assertThat(ends).hasSizeGreaterThan(6);
        assertThat(ends.getFirst()).isInstanceOf(TapOutcome.Refused.class);
        assertThat(ends.getLast()).isInstanceOf(TapOutcome.Served.class);
    }

    @Test
    void shouldServeTheNextPhoneWhenAnotherWasPulledAway() throws Exception {
        assertThat(tap(wallet, Fault.GONE_BEFORE, 3)).isInstanceOf(TapOutcome.Refused.class);
        pressed = press();
        assertThat(tap(new PhoneCard(office.wallet()), Fault.NONE, -1)).isInstanceOf(TapOutcome.Served.class);
        assertThat(machine.cups()).isEqualTo(1);
    }

    @Test
    void shouldGiveUpAPhoneThatHangsAndServeTheNext() throws Exception {
        assertThat(tap(wallet, Fault.HANGS, 2)).isInstanceOf(TapOutcome.Refused.class);
        assertThat(tap(new PhoneCard(office.wallet()), Fault.NONE, -1)).isInstanceOf(TapOutcome.Served.class);
    }

    @Test
    void shouldGoOnWhenPcscdRestarts() throws Exception {
        pcscd.stop();
        until("the reader is missed", () -> reader.status().state() == State.AWAY);
        assertThat(reader.status().sentence()).isNotBlank();
        pcscd.start();
        until("the reader is seen again", this::empty);
        assertThat(tap(wallet, Fault.NONE, -1)).isInstanceOf(TapOutcome.Served.class);
    }

    @Test
    void shouldNameTheReadersThatAreThere() throws Exception {
        try (var other = new PhoneReader("ACR122U", PATIENCE, _ -> {})) {
            other.start();
            until("it has looked", () -> other.status().sentence().contains("ACR122U"));
            assertThat(other.status().state()).isEqualTo(State.AWAY);
            assertThat(other.status().sentence()).contains(Pcscd.READER);
        }
    }

    @Test
    void shouldWriteAStickerAndReadItBack() throws Exception {
        reader.close();
        var tag = SimulatedTag.ntag213();
        var sticker = MachineSticker.of(
                URI.create("https://crema.example/m/CM-1"), office.machine, office.machineKey.address());
        var stickers = new StickerReader("virtual reader", Duration.ofSeconds(10));
        try (var held = VirtualPhone.hold(pcscd.port(), tag::process)) {
            assertThat(stickers.write(sticker)).isEqualTo(sticker);
            assertThat(stickers.read()).isEqualTo(sticker);
            tag.takenAwayAfter(3);
            assertThatThrownBy(() -> stickers.write(sticker)).isInstanceOf(TagLostException.class);
        }
    }

    private int commands;

    /** Holds a phone to the reader, waits for the machine's answer, and takes the phone away. */
    private TapOutcome tap(ApduHandler phone, Fault fault, int at) throws Exception {
        try (var held = hold(phone, fault, at)) {
            var outcome = outcomes.poll(30, TimeUnit.SECONDS);
            assertThat(outcome).as("the machine's answer").isNotNull();
            commands = held.commands();
            return outcome;
        }
    }

    /** The virtual reader takes the next phone only when it has noticed that the last one left. */
    private VirtualPhone hold(ApduHandler phone, Fault fault, int at) throws IOException, InterruptedException {
        until("the field is empty", this::empty);
        return VirtualPhone.hold(pcscd.port(), phone, fault, at);
    }

    private boolean empty() {
        return reader.status().state() == State.READY;
    }

    private void tapped(TapLink link) {
        outcomes.add(machine.press(pressed, link));
    }

    private Press press() {
        return new Press(Office.ESPRESSO, office.attempt());
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s: " + what);
            }
            Thread.sleep(20);
        }
    }
}
