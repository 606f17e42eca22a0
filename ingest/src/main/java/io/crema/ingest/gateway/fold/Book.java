package io.crema.ingest.gateway.fold;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.events.BadgesRevoked;
import io.crema.events.LogReversed;
import io.crema.events.MachineClaimed;
import io.crema.events.MachinePlaced;
import io.crema.events.MachineTariffs;
import io.crema.events.Origin;
import io.crema.events.RentalConcluded;
import io.crema.events.TariffRecord;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Everything that machines shall know, folded from the log; the same log makes the same book. Thread-safe.
 */
public final class Book {
    private static final int MOST_CHANNELS = 8;
    private static final Comparator<Rental> NEWEST_FIRST = Comparator.comparing(Rental::reversed)
            .thenComparing(Comparator.comparingLong(Rental::block)
                    .thenComparingInt(Rental::logIndex)
                    .reversed());

    private final Map<ChannelId, Undoable<ChannelNow>> channels = new HashMap<>();
    private final Map<Address, Undoable<PartyNow>> parties = new HashMap<>();
    private final Map<Hash, Rental> rentals = new HashMap<>();
    private final Map<MachineId, Set<Hash>> rentalsOfMachine = new HashMap<>();
    private final Map<ChannelId, Set<MachineId>> machinesOfChannel = new HashMap<>();
    private final Map<Address, Set<MachineId>> machinesOfCustomer = new HashMap<>();
    private final Map<MachineId, MachineClaimed> claims = new HashMap<>();
    private final Map<Hash, MachineId> certificates = new HashMap<>();
    private final Map<MachineId, Map<ChannelId, MachinePlaced>> placements = new HashMap<>();
    private final Map<MachineId, List<TariffRecord>> tariffs = new HashMap<>();
    private final Map<Address, BadgesRevoked> revocations = new HashMap<>();
    private long chain = -1;
    private Optional<Instant> chainTime = Optional.empty();

    /**
     * Takes in the log's next record.
     *
     * @param key the record's
     * @return the machines that may have something to learn
     */
    public synchronized Set<MachineId> apply(Topic topic, byte[] key, SpecificRecord record) {
        return switch (topic) {
            case CHAIN_CHANNELS -> channel(new ChannelId(Hash.of(key)), record);
            case CHAIN_PARTIES -> party(Address.of(key), record);
            case CHAIN_AGREEMENTS -> agreement(Hash.of(key), record);
            case MACHINE_COMMANDS -> command(record);
            case MACHINE_TARIFFS ->
                record instanceof MachineTariffs it ? tariffs(Convert.machine(it.getMachine()), it) : Set.of();
            case REVOCATIONS ->
                record instanceof BadgesRevoked it ? revocations(Convert.address(it.getAccount()), it) : Set.of();
            default -> Set.of();
        };
    }

    /** All events up to this block are folded. */
    public synchronized void seen(long block, Optional<Instant> time) {
        chain = block;
        chainTime = time;
    }

    private Set<MachineId> channel(ChannelId channel, SpecificRecord record) {
        var folded = channels.computeIfAbsent(channel, _ -> new Undoable<>(ChannelNow.NONE, ChannelNow::after));
        happened(folded, record);
        return Set.copyOf(machinesOfChannel.getOrDefault(channel, Set.of()));
    }

    private Set<MachineId> party(Address account, SpecificRecord record) {
        var folded = parties.computeIfAbsent(account, _ -> new Undoable<>(PartyNow.NONE, PartyNow::after));
        happened(folded, record);
        return Set.copyOf(machinesOfCustomer.getOrDefault(account, Set.of()));
    }

    private static void happened(Undoable<?> folded, SpecificRecord record) {
        if (record instanceof LogReversed reversed) {
            folded.undo(reversed);
        } else if (record.getSchema().getField("origin") != null
                && record.get(record.getSchema().getField("origin").pos()) instanceof Origin origin) {
            folded.add(origin, record);
        }
    }

    private Set<MachineId> agreement(Hash id, SpecificRecord record) {
        if (record instanceof RentalConcluded concluded) {
            var rental = Rental.of(concluded);
            rentals.put(id, rental);
            rentalsOfMachine
                    .computeIfAbsent(rental.machine(), _ -> new HashSet<>())
                    .add(id);
            machinesOfChannel
                    .computeIfAbsent(rental.channel(), _ -> new HashSet<>())
                    .add(rental.machine());
            machinesOfCustomer
                    .computeIfAbsent(rental.customer(), _ -> new HashSet<>())
                    .add(rental.machine());
            return Set.of(rental.machine());
        }
        var known = rentals.get(id);
        if (known == null
                || !(record instanceof LogReversed reversed)
                || !reversed.getType().equals(RentalConcluded.getClassSchema().getFullName())) {
            return Set.of();
        }
        // Kept: a machine that serves it must learn that its channel is gone.
        rentals.put(id, known.takenBack());
        return Set.of(known.machine());
    }

    private Set<MachineId> command(SpecificRecord record) {
        return switch (record) {
            case MachineClaimed it -> {
                var machine = Convert.machine(it.getMachine());
                var known = claims.get(machine);
                if (known == null || it.getVersion() > known.getVersion()) {
                    if (known != null) {
                        certificates.remove(Convert.hash(known.getCertificate()));
                    }
                    claims.put(machine, it);
                    certificates.put(Convert.hash(it.getCertificate()), machine);
                }
                yield Set.of(machine);
            }
            case MachinePlaced it -> {
                var machine = Convert.machine(it.getMachine());
                placements.computeIfAbsent(machine, _ -> new HashMap<>()).put(Convert.channel(it.getChannel()), it);
                yield Set.of(machine);
            }
            default -> Set.of();
        };
    }

    private Set<MachineId> tariffs(MachineId machine, MachineTariffs it) {
        tariffs.put(machine, List.copyOf(it.getTariffs()));
        return Set.of(machine);
    }

    private Set<MachineId> revocations(Address customer, BadgesRevoked it) {
        revocations.put(customer, it);
        return Set.copyOf(machinesOfCustomer.getOrDefault(customer, Set.of()));
    }

    /** The machine that calls with this certificate (its SHA-256). */
    public synchronized Optional<MachineId> machineWith(Hash certificate) {
        return Optional.ofNullable(certificates.get(certificate));
    }

    public synchronized Optional<MachineClaimed> claim(MachineId machine) {
        return Optional.ofNullable(claims.get(machine));
    }

    public synchronized PartyNow party(Address account) {
        var folded = parties.get(account);
        return folded == null ? PartyNow.NONE : folded.now();
    }

    /** Whose key signs for the account now. */
    public synchronized Address actingKey(Address account) {
        var signer = party(account).signer();
        return signer.isZero() ? account : signer;
    }

    /** The machine's rentals, newest first; those that a reorg took back last. */
    public synchronized List<Rental> rentals(MachineId machine) {
        return rentalsOfMachine.getOrDefault(machine, Set.of()).stream()
                .flatMap(id -> Optional.ofNullable(rentals.get(id)).stream())
                .sorted(NEWEST_FIRST)
                .toList();
    }

    public synchronized Optional<MachinePlaced> placement(MachineId machine, ChannelId channel) {
        return Optional.ofNullable(placements.getOrDefault(machine, Map.of()).get(channel));
    }

    /** Ascending by version. */
    public synchronized List<TariffRecord> tariffs(MachineId machine) {
        return tariffs.getOrDefault(machine, List.of());
    }

    public synchronized Optional<BadgesRevoked> revocations(Address customer) {
        return Optional.ofNullable(revocations.get(customer));
    }

    public synchronized boolean rents(Address customer) {
        return machinesOfCustomer.containsKey(customer);
    }

    public synchronized MachineFacts facts(MachineId machine) {
        var all = rentals(machine);
        var rental = all.stream().filter(it -> !it.reversed()).findFirst();
        var standings = new ArrayList<MachineFacts.Channel>();
        for (var it : all) {
            var folded = channels.get(it.channel());
            var now = folded == null ? ChannelNow.NONE : folded.now();
            var wanted = rental.filter(it::equals).isPresent() || !now.closed();
            // One that is rented and not opened yet is a matter of moments: its event is on its way.
            if (wanted && (now.opened() || it.reversed()) && standings.size() < MOST_CHANNELS) {
                standings.add(new MachineFacts.Channel(
                        it.channel(), Math.max(chain, folded == null ? -1 : folded.block()), now));
            }
        }
        var customer = rental.map(it -> {
            var folded = parties.get(it.customer());
            return new MachineFacts.Customer(
                    it.customer(), Math.max(chain, folded == null ? -1 : folded.block()), party(it.customer()));
        });
        var highest = chain;
        for (var standing : standings) {
            highest = Math.max(highest, standing.block());
        }
        return new MachineFacts(
                Math.max(highest, customer.map(MachineFacts.Customer::block).orElse(-1L)),
                rental,
                standings,
                customer,
                tariffs(machine),
                rental.flatMap(it -> placement(machine, it.channel())),
                rental.flatMap(it -> revocations(it.customer())),
                chainTime.map(time -> new MachineFacts.Block(chain, time)));
    }
}
