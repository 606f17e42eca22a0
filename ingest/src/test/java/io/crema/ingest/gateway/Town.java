package io.crema.ingest.gateway;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SelfSigned;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Claim;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning;
import io.crema.edge.Provisioning.PricedTariff;
import io.crema.edge.gateway.TlsIdentity;
import io.crema.events.ActingKeyChanged;
import io.crema.events.ChainCheckpoint;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelToppedUp;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.events.ParticipantOnboarded;
import io.crema.events.RecentBlock;
import io.crema.events.RentalConcluded;
import io.crema.schemas.convert.Convert;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** A manufacturer, a customer, a machine, and what the chain says of them. */
final class Town {
    static final ProductId ESPRESSO = ProductId.named("Espresso");
    static final long START = 1_800_000_000L;

    private final Random random = new Random(7);
    final SigningKey manufacturer = SigningKey.generate(random);
    final SigningKey customer = SigningKey.generate(random);
    final SigningKey machineKey = SigningKey.generate(random);
    final Domains domains = Domains.of(31337, address(1), address(2), address(3));
    final String serial = "CM-1";
    final MachineId machine = MachineId.of(manufacturer.address(), serial);
    final ChannelId channel = ChannelId.of(customer.address(), manufacturer.address(), 7);
    final Hash rental = Keccak.hash(new byte[] {1});
    final TlsIdentity identity = identity(serial);
    private int logs;

    static Address address(int number) {
        var bytes = new byte[20];
        bytes[19] = (byte) number;
        return Address.of(bytes);
    }

    static TlsIdentity identity(String name) {
        var random = new SecureRandom();
        var keys = SelfSigned.keys(random);
        var certificate = SelfSigned.certificate(
                keys, name, List.of(), Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"), random);
        return TlsIdentity.fromPem(SelfSigned.pem(certificate), SelfSigned.pem(keys.getPrivate()));
    }

    Signed<Claim> claim(long version, TlsIdentity certificate, SigningKey by) {
        var claim = new Claim(
                machine,
                machineKey.address(),
                SelfSigned.fingerprint(certificate.chain().getFirst()),
                version);
        return TypedData.sign(claim, domains.maintenance(), by);
    }

    Signed<Placement> placement(long validUntil) {
        return TypedData.sign(
                new Placement(channel, machine, machineKey.address(), address(9), 6, validUntil),
                domains.payment(),
                customer);
    }

    PricedTariff tariff(long version, long price, SigningKey by) {
        SortedMap<ProductId, Amount> prices = new TreeMap<>(Map.of(ESPRESSO, Amount.of(price)));
        var tariff = new Tariff(machine, version, START - 1000 + version, new TariffItems(prices).root());
        return new PricedTariff(TypedData.sign(tariff, domains.payment(), by), prices);
    }

    Provisioning provisioning(long deposited) {
        return new Provisioning(
                machine,
                serial,
                domains,
                customer.address(),
                manufacturer.address(),
                7,
                address(9),
                6,
                Amount.of(deposited),
                3 * 24 * 60,
                placement(START + 100_000_000),
                List.of(tariff(1, 1_500_000, manufacturer)),
                Map.of(ESPRESSO, "Espresso"),
                1,
                Address.ZERO);
    }

    Origin origin(long block) {
        return new Origin(
                31337L,
                Convert.bytes20(address(1)),
                block,
                Convert.bytes32(Keccak.hash(("block " + block).getBytes(StandardCharsets.UTF_8))),
                blockTime(block),
                Convert.bytes32(Keccak.hash(("transaction " + logs).getBytes(StandardCharsets.UTF_8))),
                logs++);
    }

    static Instant blockTime(long block) {
        return Instant.ofEpochSecond(START + 12 * block);
    }

    ParticipantOnboarded onboarded(long block) {
        return new ParticipantOnboarded(
                Convert.bytes20(manufacturer.address()), origin(block), List.of("MANUFACTURER"), null);
    }

    ChannelOpened opened(long block, long deposited) {
        return new ChannelOpened(
                Convert.bytes32(channel),
                origin(block),
                Convert.bytes20(customer.address()),
                Convert.bytes20(manufacturer.address()),
                7L,
                Convert.decimal(Amount.of(deposited)),
                3 * 24 * 60);
    }

    RentalConcluded concluded(long block, long deposited) {
        return new RentalConcluded(
                Convert.bytes32(rental),
                origin(block),
                Convert.bytes32(machine),
                Convert.bytes32(channel),
                Convert.bytes20(manufacturer.address()),
                Convert.bytes20(customer.address()),
                7L,
                Convert.decimal(Amount.of(deposited)));
    }

    ChannelToppedUp toppedUp(long block, long amount, long deposited) {
        return new ChannelToppedUp(
                Convert.bytes32(channel),
                origin(block),
                Convert.bytes20(customer.address()),
                Convert.decimal(Amount.of(amount)),
                Convert.decimal(Amount.of(deposited)));
    }

    ChannelCloseRequested closeRequested(long block) {
        return new ChannelCloseRequested(
                Convert.bytes32(channel), origin(block), blockTime(block).plusSeconds(259_200));
    }

    ActingKeyChanged epoch(long block, long epoch) {
        return new ActingKeyChanged(
                Convert.bytes20(customer.address()),
                origin(block),
                epoch,
                Convert.bytes20(Address.ZERO),
                blockTime(block));
    }

    LogReversed reversed(ChannelToppedUp event) {
        return new LogReversed(
                event.getChannel(), event.getOrigin(), event.getSchema().getFullName());
    }

    ChainCheckpoint checkpoint(long block) {
        var hash = origin(block).getBlockHash();
        return new ChainCheckpoint(
                31337L,
                Convert.bytes20(address(1)),
                block,
                hash,
                List.of(new RecentBlock(block, hash, List.of(), blockTime(block))));
    }
}
