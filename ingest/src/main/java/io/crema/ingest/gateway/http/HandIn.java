package io.crema.ingest.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.contracts.typed.Claim;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.events.BadgesRevoked;
import io.crema.events.Bytes32;
import io.crema.events.MachineClaimed;
import io.crema.events.MachinePlaced;
import io.crema.events.MachineTariffs;
import io.crema.events.TariffItem;
import io.crema.events.TariffRecord;
import io.crema.ingest.gateway.fold.Book;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * What parties hand in for machines: claims, tariffs, placements, revocations. Each carries its party's signature, and
 * none can be set back by an older one, whoever brings it. Stateless.
 */
final class HandIn {
    private static final String MANUFACTURER = "MANUFACTURER";
    private static final int MOST_ITEMS = 256;
    private static final int MOST_TARIFFS = 4;
    private static final int MOST_BADGES = 2048;
    private static final int MOST_NAME = 64;
    private static final long MOST_U32 = 0xffff_ffffL;

    private final Domains domains;

    HandIn(Domains domains) {
        this.domains = domains;
    }

    /**
     * A record for the log.
     *
     * @param id of the CloudEvent
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Accepted(Topic topic, byte[] key, SpecificRecord record, String id) {}

    /** @return empty when exactly this is known already */
    Optional<Accepted> claim(MachineId machine, Fields body, Book book) {
        var manufacturer = body.address("manufacturer");
        var serial = body.text("serialNumber");
        if (!serial.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw Problem.wrong("serialNumber has 1 to 64 letters, digits, dots, dashes or underscores");
        }
        if (!MachineId.of(manufacturer, serial).equals(machine)) {
            throw Problem.wrong(
                    "machine %s is not serial number %s of manufacturer %s".formatted(machine, serial, manufacturer));
        }
        var party = book.party(manufacturer);
        if (!party.roles().contains(MANUFACTURER) || party.suspended()) {
            throw Problem.stranger("%s is no manufacturer here, or suspended".formatted(manufacturer));
        }
        var claim = new Claim(
                machine, body.address("machineKey"), body.hash("certificate"), body.number("version", MOST_U32));
        var signed = new Signed<>(claim, body.signature());
        if (!signed.isSignedBy(book.actingKey(manufacturer), domains.maintenance())) {
            throw unsigned("claim", manufacturer, "MaintenanceProvider");
        }
        var known = book.claim(machine);
        if (known.isPresent() && claim(known.get()).equals(claim)) {
            return Optional.empty();
        }
        if (known.isPresent() && claim.version() <= known.get().getVersion()) {
            throw Problem.conflict("claim version %d is known; a later one has to have a higher version than that"
                    .formatted(known.get().getVersion()));
        }
        if (book.machineWith(claim.certificate())
                .filter(other -> !other.equals(machine))
                .isPresent()) {
            throw Problem.conflict("another machine has this certificate; make one for each machine");
        }
        return Optional.of(new Accepted(
                Topic.MACHINE_COMMANDS,
                machine.bytes(),
                new MachineClaimed(
                        Convert.bytes32(machine),
                        Convert.bytes20(manufacturer),
                        serial,
                        Convert.bytes20(claim.machineKey()),
                        Convert.bytes32(claim.certificate()),
                        claim.version(),
                        Convert.bytes64(signed.signature())),
                "claim-%s-%d".formatted(machine, claim.version())));
    }

    /** @return empty when exactly this is known already */
    Optional<Accepted> tariff(MachineId machine, Fields body, Book book) {
        var manufacturer = manufacturer(machine, book);
        var prices = new TreeMap<ProductId, Amount>();
        body.object("prices", MOST_ITEMS)
                .properties()
                .forEach(it -> prices.put(product(it.getKey()), amount(it.getKey(), it.getValue())));
        if (prices.isEmpty()) {
            throw Problem.wrong("prices is empty; a tariff has at least one product");
        }
        var tariff = new Tariff(
                machine, body.number("version", MOST_U32), body.seconds("validFrom"), new TariffItems(prices).root());
        var signed = new Signed<>(tariff, body.signature());
        // As machines and phones check it: no acting key speaks for prices.
        if (!signed.isSignedBy(manufacturer, domains.payment())) {
            throw Problem.unsigned(
                    "the tariff is not signed by %s in the domain of PaymentProvider".formatted(manufacturer));
        }
        var record = new TariffRecord(
                tariff.version(),
                Convert.instant(tariff.validFrom()),
                prices.entrySet().stream()
                        .map(it -> new TariffItem(
                                Convert.bytes32(it.getKey()),
                                Convert.decimal(it.getValue()),
                                name(it.getKey(), body.node().path("names"))))
                        .toList(),
                Convert.bytes64(signed.signature()));
        var known = new ArrayList<>(book.tariffs(machine));
        if (!known.isEmpty() && known.getLast().getVersion() >= tariff.version()) {
            if (known.stream().anyMatch(it -> isSame(it, record))) {
                return Optional.empty();
            }
            throw Problem.conflict("tariff version %d is known; a later one has to have a higher version than that"
                    .formatted(known.getLast().getVersion()));
        }
        known.add(record);
        var newest = known.subList(Math.max(0, known.size() - MOST_TARIFFS), known.size());
        return Optional.of(new Accepted(
                Topic.MACHINE_TARIFFS,
                machine.bytes(),
                new MachineTariffs(Convert.bytes32(machine), List.copyOf(newest)),
                "tariff-%s-%d".formatted(machine, tariff.version())));
    }

    /** @return empty when exactly this is known already */
    Optional<Accepted> placement(MachineId machine, Fields body, Book book) {
        var channel = new ChannelId(body.hash("channel"));
        var rental = book.rentals(machine).stream()
                .filter(it -> !it.reversed() && it.channel().equals(channel))
                .findFirst()
                .orElseThrow(() -> Problem.unknown(
                        "machine %s is not rented on channel %s, as far as the log knows".formatted(machine, channel)));
        var placement = new Placement(
                channel,
                machine,
                body.address("machineKey"),
                body.address("token"),
                (int) body.number("decimals", 255),
                body.seconds("validUntil"));
        var signed = new Signed<>(placement, body.signature());
        if (!signed.isSignedBy(book.actingKey(rental.customer()), domains.payment())) {
            throw unsigned("placement", rental.customer(), "PaymentProvider");
        }
        var known = book.placement(machine, channel);
        if (known.isPresent() && placement(known.get()).equals(placement)) {
            return Optional.empty();
        }
        if (known.isPresent()
                && placement.validUntil() <= Convert.seconds(known.get().getValidUntil())) {
            throw Problem.conflict("a placement until %d is known; a later one has to hold longer than that"
                    .formatted(Convert.seconds(known.get().getValidUntil())));
        }
        return Optional.of(new Accepted(
                Topic.MACHINE_COMMANDS,
                machine.bytes(),
                new MachinePlaced(
                        Convert.bytes32(machine),
                        Convert.bytes32(channel),
                        Convert.bytes20(placement.machineKey()),
                        Convert.bytes20(placement.token()),
                        placement.decimals(),
                        Convert.instant(placement.validUntil()),
                        Convert.bytes64(signed.signature())),
                "placement-%s-%d".formatted(channel, placement.validUntil())));
    }

    /** @return empty when exactly this is known already */
    Optional<Accepted> revocations(Address customer, Fields body, Book book) {
        if (!book.rents(customer)) {
            throw Problem.unknown("%s rents no machine, as far as the log knows".formatted(customer));
        }
        var badges = new TreeSet<Hash>();
        for (var badge : body.array("badges", MOST_BADGES)) {
            badges.add(new Fields(Fields.JSON.createObjectNode().set("badge", badge)).hash("badge"));
        }
        var revocations = new Revocations(
                customer,
                body.number("epoch", MOST_U32),
                body.number("version", Long.MAX_VALUE),
                Revocations.list(badges));
        var signed = new Signed<>(revocations, body.signature());
        if (!signed.isSignedBy(book.actingKey(customer), domains.payment())) {
            throw unsigned("list of revocations", customer, "PaymentProvider");
        }
        List<Bytes32> digests = badges.stream().map(Convert::bytes32).toList();
        var known = book.revocations(customer);
        if (known.isPresent() && known.get().getVersion() >= revocations.version()) {
            if (known.get().getVersion() == revocations.version()
                    && known.get().getEpoch() == revocations.epoch()
                    && known.get().getBadges().equals(digests)) {
                return Optional.empty();
            }
            throw Problem.conflict(
                    "revocations version %d is known; a later list has to have a higher version than that"
                            .formatted(known.get().getVersion()));
        }
        return Optional.of(new Accepted(
                Topic.REVOCATIONS,
                customer.bytes(),
                new BadgesRevoked(
                        Convert.bytes20(customer),
                        revocations.epoch(),
                        revocations.version(),
                        digests,
                        Convert.bytes64(signed.signature())),
                "revocations-%s-%d".formatted(customer, revocations.version())));
    }

    private static Address manufacturer(MachineId machine, Book book) {
        return Convert.address(book.claim(machine)
                .orElseThrow(() -> Problem.unknown(
                        "machine %s is not claimed; its manufacturer claims it first".formatted(machine)))
                .getManufacturer());
    }

    private static boolean isSame(TariffRecord one, TariffRecord other) {
        return one.getVersion() == other.getVersion()
                && one.getValidFrom().equals(other.getValidFrom())
                && one.getItems().equals(other.getItems());
    }

    /** A name proves itself: the product's id is its hash. So nobody can give a signed price another name. */
    private static String name(ProductId product, JsonNode names) {
        var name = names.path(product.toString()).asText("");
        if (!name.isEmpty()
                && (name.length() > MOST_NAME || !ProductId.named(name).equals(product))) {
            throw Problem.wrong("names: the Keccak-256 of a product's name is its id, that of the name of %s is not"
                    .formatted(product));
        }
        return name;
    }

    private static ProductId product(String text) {
        return new Fields(Fields.JSON.createObjectNode().put("product", text)).parsed("product", ProductId::fromHex);
    }

    private static Amount amount(String product, JsonNode value) {
        return new Fields(Fields.JSON.createObjectNode().set(product, value)).parsed(product, Amount::parse);
    }

    private static Claim claim(MachineClaimed it) {
        return new Claim(
                Convert.machine(it.getMachine()),
                Convert.address(it.getMachineKey()),
                Convert.hash(it.getCertificate()),
                it.getVersion());
    }

    private static Placement placement(MachinePlaced it) {
        return new Placement(
                Convert.channel(it.getChannel()),
                Convert.machine(it.getMachine()),
                Convert.address(it.getMachineKey()),
                Convert.address(it.getToken()),
                it.getDecimals(),
                Convert.seconds(it.getValidUntil()));
    }

    private static Problem unsigned(String what, Address who, String contract) {
        return Problem.unsigned(
                "the %s is not signed by %s or its acting key in the domain of %s".formatted(what, who, contract));
    }
}
