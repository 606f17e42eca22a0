package io.crema.chain.stories;

import static io.crema.chain.stories.World.FAR;
import static io.crema.chain.stories.World.units;
import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.abi.ServiceStructs;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.contracts.typed.ServiceAgreement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.RequestId;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Early, late, and escalated with a dispute, up to the last withdrawal, balances to the unit. */
final class ServiceStoryIT {
    private static final byte[] NOTHING = new byte[32];
    private static final long HOUR = 3_600;

    private World world;

    @BeforeEach
    void begin() throws Exception {
        world = new World();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void shouldTellTheStoryOfService() throws Exception {
        world.fund(world.manufacturer, world.contracts.maintenanceProvider(), units(400));
        world.fund(world.provider, world.contracts.maintenanceProvider(), units(40));
        world.fund(world.backup, world.contracts.maintenanceProvider(), units(40));
        var manufacturer = world.maintenance(world.manufacturer);
        var provider = world.maintenance(world.provider);
        var backup = world.maintenance(world.backup);
        manufacturer.deposit(world.manufacturer.hex(), units(400).value()).send();
        provider.deposit(world.provider.hex(), units(40).value()).send();
        backup.deposit(world.backup.hex(), units(40).value()).send();
        var first = agree(world.provider);
        var second = agree(world.backup);
        manufacturer
                .setStanding(world.manufacturer.hex(), NOTHING, first.bytes())
                .send();
        manufacturer.setBackup(first.bytes(), second.bytes()).send();

        // the machine asks; repaired two hours early; the machine attests it: the fee and a bonus of twice five
        var early = requestByMachine("pump");
        provider.accept(early.bytes()).send();
        world.nextBlockAt(requestedAt(early) + 22 * HOUR);
        provider.reportDone(early.bytes(), NOTHING).send();
        var isFixed = world.attest(world.machineKey, world.contracts.maintenanceDomain(), Verdict.FIXED, early.value());
        backup.attestFixed(ServiceStructs.attestation(isFixed.content()), ServiceStructs.signature(isFixed.signature()))
                .send();
        assertThat(provider.balanceOf(world.provider.hex()).send())
                .isEqualTo(units(40 + 80 + 10).value());

        // the manufacturer asks; five and a half hours late; nobody says anything: the fee less six times four
        var late = requestByManufacturer("boiler");
        provider.accept(late.bytes()).send();
        world.nextBlockAt(requestedAt(late) + 29 * HOUR + HOUR / 2);
        provider.reportDone(late.bytes(), NOTHING).send();
        world.pass(Duration.ofDays(2).plusSeconds(1));
        backup.settle(late.bytes()).send();
        assertThat(provider.balanceOf(world.provider.hex()).send())
                .isEqualTo(units(40 + 90 + 80 - 24).value());

        // the provider keeps silent; the backup takes over, repairs, is disputed and wins: fee, highest bonus, bond
        var disputed = requestByManufacturer("grinder");
        world.pass(Duration.ofHours(4).plusSeconds(1));
        world.maintenance(world.customer)
                .escalate(disputed.bytes(), second.bytes())
                .send();
        backup.accept(disputed.bytes()).send();
        backup.reportDone(disputed.bytes(), NOTHING).send();
        manufacturer.dispute(disputed.bytes(), NOTHING).send();
        world.maintenance(world.arbiter)
                .rule(world.arbiter.hex(), disputed.bytes(), BigInteger.valueOf(Verdict.FOR_CREDITOR.code()))
                .send();

        provider.withdraw(units(186).value(), world.provider.hex()).send();
        backup.withdraw(units(40 + 80 + 20 + 30).value(), world.backup.hex()).send();
        manufacturer
                .withdraw(units(400 - 90 - 56 - 130).value(), world.manufacturer.hex())
                .send();
        world.assertHolds(world.provider, units(186));
        world.assertHolds(world.backup, units(170));
        world.assertHolds(world.manufacturer, units(124));
        world.assertHolds(world.contracts.maintenanceProvider(), Amount.ZERO);
    }

    private Hash agree(Actor provider) throws Exception {
        var terms = new ServiceAgreement(
                world.manufacturer.address(),
                provider.address(),
                ServiceAgreement.ALL_MACHINES,
                units(80),
                units(5),
                units(20),
                units(4),
                units(40),
                4 * HOUR,
                24 * HOUR,
                48 * HOUR,
                units(30),
                FAR,
                BigInteger.ONE,
                TypedData.keccak("document"));
        var signed = TypedData.sign(terms, world.contracts.maintenanceDomain(), provider.key());
        var agreed = world.maintenance(world.manufacturer)
                .agree(ServiceStructs.agreement(terms), ServiceStructs.signature(signed.signature()))
                .send();
        var id = world.contracts.maintenanceDomain().digest(terms);
        assertThat(MaintenanceProvider.getServiceAgreedEvents(agreed))
                .singleElement()
                .satisfies(event -> assertThat(event.agreement).isEqualTo(id.bytes()))
                .satisfies(event ->
                        assertThat(event.terms.repairTime.longValueExact()).isEqualTo(terms.repairTime()));
        return id;
    }

    private RequestId requestByMachine(String fault) throws Exception {
        var request = RequestId.of(world.machine, TypedData.keccak(fault));
        var seen = world.attest(world.machineKey, world.contracts.maintenanceDomain(), Verdict.FAULT, request.value());
        world.maintenance(world.supplier)
                .requestByMachine(
                        TypedData.keccak(fault).bytes(),
                        ServiceStructs.attestation(seen.content()),
                        ServiceStructs.signature(seen.signature()))
                .send();
        return request;
    }

    private RequestId requestByManufacturer(String fault) throws Exception {
        world.maintenance(world.manufacturer)
                .requestService(world.machine.bytes(), TypedData.keccak(fault).bytes(), NOTHING)
                .send();
        return RequestId.of(world.machine, TypedData.keccak(fault));
    }

    private long requestedAt(RequestId request) throws Exception {
        return world.maintenance(world.owner)
                .requestedAt(request.bytes())
                .send()
                .longValueExact();
    }
}
