package io.crema.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.chain.wrappers.SupplyProvider;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.events.ActingKeyChanged;
import io.crema.events.Bytes20;
import io.crema.events.Bytes32;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.ParticipantOnboarded;
import io.crema.events.RedemptionSkipped;
import io.crema.events.RentalConcluded;
import io.crema.events.RolesChanged;
import io.crema.events.ServiceAgreed;
import io.crema.events.ServiceRequested;
import io.crema.events.SuspensionChanged;
import io.crema.events.Withdrawn;
import io.crema.ingest.watch.BlockHeader;
import io.crema.ingest.watch.ChainLog;
import io.crema.ingest.watch.LogRecord;
import io.crema.ingest.watch.UndecodableLogException;
import io.crema.schemas.topic.Topic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint256;

final class ContractLogsTest {
    private static final Address PAYMENTS = address(1);
    private static final Address IDENTITIES = address(2);
    private static final Address RENTALS = address(3);
    private static final Address MAINTENANCE = address(4);
    private static final Address SUPPLIES = address(7);
    private static final Hash CHANNEL = Keccak.hash(new byte[] {1});
    private static final Hash OTHER = Keccak.hash(new byte[] {2});
    private static final Address CUSTOMER = address(5);
    private static final Address PAYEE = address(6);
    private static final BlockHeader BLOCK =
            new BlockHeader(7, Keccak.hash(new byte[] {3}), Hash.ZERO, Instant.ofEpochSecond(1_800_000_000));
    private static final BigInteger MAX_UINT96 = BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE);

    private final ContractLogs logs = new ContractLogs(31_337, PAYMENTS, IDENTITIES, RENTALS, MAINTENANCE, SUPPLIES);

    @Test
    void shouldReadTheLifeOfAChannel() {
        var opened = read(
                PAYMENTS,
                PaymentProvider.CHANNELOPENED_EVENT,
                List.of(word(CHANNEL), word(CUSTOMER), word(PAYEE)),
                number(9),
                new Uint256(MAX_UINT96),
                number(1440));
        assertThat(opened.topic()).isEqualTo(Topic.CHAIN_CHANNELS);
        assertThat(opened.keyBytes()).isEqualTo(CHANNEL.bytes());
        assertThat(opened.time()).isEqualTo(BLOCK.time());
        assertThat(opened.id()).isEqualTo(BLOCK.hash().hex() + ":4");
        assertThat(opened.value()).isInstanceOfSatisfying(ChannelOpened.class, value -> {
            assertThat(value.getCustomer()).isEqualTo(new Bytes20(CUSTOMER.bytes()));
            assertThat(value.getPayee()).isEqualTo(new Bytes20(PAYEE.bytes()));
            assertThat(value.getIndex()).isEqualTo(9);
            assertThat(value.getDeposited()).isEqualTo(new BigDecimal(MAX_UINT96));
            assertThat(value.getPeriodMinutes()).isEqualTo(1440);
            assertThat(value.getOrigin().getChainId()).isEqualTo(31_337);
            assertThat(value.getOrigin().getContract()).isEqualTo(new Bytes20(PAYMENTS.bytes()));
            assertThat(value.getOrigin().getBlockNumber()).isEqualTo(7);
        });
        assertThat(read(
                                PAYMENTS,
                                PaymentProvider.CHANNELTOPPEDUP_EVENT,
                                List.of(word(CHANNEL), word(CUSTOMER)),
                                number(5),
                                number(15))
                        .value())
                .isInstanceOfSatisfying(ChannelToppedUp.class, value -> {
                    assertThat(value.getAmount()).isEqualTo("5");
                    assertThat(value.getDeposited()).isEqualTo("15");
                });
        assertThat(read(
                                PAYMENTS,
                                PaymentProvider.CHANNELREDEEMED_EVENT,
                                List.of(word(CHANNEL)),
                                number(3),
                                number(12),
                                bytes32(OTHER),
                                number(11))
                        .value())
                .isInstanceOfSatisfying(ChannelRedeemed.class, value -> {
                    assertThat(value.getSequence()).isEqualTo(3);
                    assertThat(value.getTotal()).isEqualTo("12");
                    assertThat(value.getHistory()).isEqualTo(new Bytes32(OTHER.bytes()));
                    assertThat(value.getRedeemed()).isEqualTo("11");
                });
        assertThat(read(
                                PAYMENTS,
                                PaymentProvider.REDEMPTIONSKIPPED_EVENT,
                                List.of(word(CHANNEL)),
                                number(3),
                                number(12),
                                new Bytes4(new byte[] {1, 2, 3, 4}))
                        .value())
                .isInstanceOfSatisfying(
                        RedemptionSkipped.class,
                        value -> assertThat(value.getReason()).isEqualTo("0x01020304"));
        assertThat(read(
                                PAYMENTS,
                                PaymentProvider.CHANNELCLOSEREQUESTED_EVENT,
                                List.of(word(CHANNEL)),
                                number(1_900_000_000))
                        .value())
                .isInstanceOfSatisfying(
                        ChannelCloseRequested.class,
                        value -> assertThat(value.getCloseAt()).isEqualTo(Instant.ofEpochSecond(1_900_000_000)));
        assertThat(read(PAYMENTS, PaymentProvider.CHANNELCLOSED_EVENT, List.of(word(CHANNEL)), number(11), number(4))
                        .value())
                .isInstanceOfSatisfying(
                        ChannelClosed.class,
                        value -> assertThat(value.getRemainder()).isEqualTo("4"));
    }

    @Test
    void shouldReadParties() {
        var onboarded = read(
                IDENTITIES,
                IdentityProvider.PARTICIPANTONBOARDED_EVENT,
                List.of(word(CUSTOMER)),
                number(1 + 8),
                bytes32(OTHER));
        assertThat(onboarded.topic()).isEqualTo(Topic.CHAIN_PARTIES);
        assertThat(onboarded.keyBytes()).isEqualTo(CUSTOMER.bytes());
        assertThat(onboarded.value())
                .isInstanceOfSatisfying(
                        ParticipantOnboarded.class,
                        value -> assertThat(value.getRoles()).containsExactly("MANUFACTURER", "SERVICE_PROVIDER"));
        assertThat(read(IDENTITIES, IdentityProvider.ROLESCHANGED_EVENT, List.of(word(CUSTOMER)), number(63))
                        .value())
                .isInstanceOfSatisfying(
                        RolesChanged.class,
                        value -> assertThat(value.getRoles()).hasSize(6));
        assertThat(read(IDENTITIES, IdentityProvider.PARTICIPANTSUSPENDED_EVENT, List.of(word(CUSTOMER)))
                        .value())
                .isInstanceOfSatisfying(
                        SuspensionChanged.class,
                        value -> assertThat(value.getSuspended()).isTrue());
        assertThat(read(IDENTITIES, IdentityProvider.PARTICIPANTREINSTATED_EVENT, List.of(word(CUSTOMER)))
                        .value())
                .isInstanceOfSatisfying(
                        SuspensionChanged.class,
                        value -> assertThat(value.getSuspended()).isFalse());
        assertThat(read(
                                PAYMENTS,
                                PaymentProvider.ACTINGKEYCHANGED_EVENT,
                                List.of(word(CUSTOMER)),
                                number(4_294_967_295L),
                                abi(PAYEE),
                                number((1L << 40) - 1))
                        .value())
                .isInstanceOfSatisfying(ActingKeyChanged.class, value -> {
                    assertThat(value.getEpoch()).isEqualTo(4_294_967_295L);
                    assertThat(value.getSigner()).isEqualTo(new Bytes20(PAYEE.bytes()));
                    assertThat(value.getPreviousUntil()).isEqualTo(Instant.ofEpochSecond((1L << 40) - 1));
                });
    }

    @Test
    void shouldFitAnEndlessSerialNumberIntoARecord() {
        var registered = read(
                IDENTITIES,
                IdentityProvider.MACHINEREGISTERED_EVENT,
                List.of(word(OTHER), word(PAYEE)),
                abi(CUSTOMER),
                new Utf8String("9".repeat(500_000)));
        assertThat(registered.value()).isInstanceOfSatisfying(MachineKeyRegistered.class, value -> {
            assertThat(value.getSerialNumber()).hasSize(257).startsWith("999");
            assertThat(value.getMachine()).isEqualTo(new Bytes32(OTHER.bytes()));
        });
    }

    @Test
    void shouldReadMachinesOfAManufacturer() {
        var registered = read(
                IDENTITIES,
                IdentityProvider.MACHINEREGISTERED_EVENT,
                List.of(word(OTHER), word(PAYEE)),
                abi(CUSTOMER),
                new Utf8String("CM-1 ☕"));
        assertThat(registered.keyBytes()).isEqualTo(PAYEE.bytes());
        assertThat(registered.value()).isInstanceOfSatisfying(MachineKeyRegistered.class, value -> {
            assertThat(value.getSerialNumber()).isEqualTo("CM-1 ☕");
            assertThat(value.getPreviousKey()).isNull();
        });
        assertThat(read(
                                IDENTITIES,
                                IdentityProvider.MACHINEKEYCHANGED_EVENT,
                                List.of(word(OTHER), word(PAYEE)),
                                abi(CUSTOMER),
                                abi(PAYMENTS),
                                number(1_900_000_000))
                        .value())
                .isInstanceOfSatisfying(MachineKeyRegistered.class, value -> {
                    assertThat(value.getMachineKey()).isEqualTo(new Bytes20(CUSTOMER.bytes()));
                    assertThat(value.getPreviousKey()).isEqualTo(new Bytes20(PAYMENTS.bytes()));
                });
    }

    @Test
    void shouldReadAgreements() {
        var rental = read(
                RENTALS,
                RentalProvider.RENTALCONCLUDED_EVENT,
                List.of(word(OTHER), word(BLOCK.hash()), word(CHANNEL)),
                abi(PAYEE),
                abi(CUSTOMER),
                number(0),
                number(100));
        assertThat(rental.topic()).isEqualTo(Topic.CHAIN_AGREEMENTS);
        assertThat(rental.keyBytes()).isEqualTo(OTHER.bytes());
        assertThat(rental.value()).isInstanceOfSatisfying(RentalConcluded.class, value -> {
            assertThat(value.getManufacturer()).isEqualTo(new Bytes20(PAYEE.bytes()));
            assertThat(value.getChannel()).isEqualTo(new Bytes32(CHANNEL.bytes()));
        });
        var service = read(
                MAINTENANCE,
                MaintenanceProvider.SERVICEREQUESTED_EVENT,
                List.of(word(CHANNEL), word(OTHER), word(PAYEE)),
                bytes32(OTHER),
                bytes32(CHANNEL));
        assertThat(service.keyBytes()).isEqualTo(CHANNEL.bytes());
        assertThat(service.value())
                .isInstanceOfSatisfying(
                        ServiceRequested.class,
                        value -> assertThat(value.getRequestedBy()).isEqualTo(new Bytes20(PAYEE.bytes())));
    }

    static Stream<Arguments> events() throws IllegalAccessException {
        var contracts = Map.of(
                PaymentProvider.class, PAYMENTS,
                IdentityProvider.class, IDENTITIES,
                RentalProvider.class, RENTALS,
                MaintenanceProvider.class, MAINTENANCE,
                SupplyProvider.class, SUPPLIES);
        List<Arguments> events = new ArrayList<>();
        for (var contract : contracts.entrySet()) {
            for (var field : contract.getKey().getFields()) {
                // EIP712DomainChanged is never emitted
                if (field.getType() == Event.class && !field.getName().equals("EIP712DOMAINCHANGED_EVENT")) {
                    events.add(Arguments.of(contract.getValue(), field.get(null)));
                }
            }
        }
        assertThat(events).hasSizeGreaterThan(60);
        return events.stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldReadEveryEventOfEveryContract(Address contract, Event event) {
        List<String> topics = new ArrayList<>(List.of(EventEncoder.encode(event)));
        event.getIndexedParameters().forEach(parameter -> topics.add(Hash.ZERO.hex()));
        var zeros = "0x" + "0".repeat(64 * 20);
        // the contracts' own ABI, from which the node makes the topic
        var record = logs.decode(new ChainLog(contract, topics, zeros, BLOCK.number(), BLOCK.hash(), OTHER, 4), BLOCK)
                .orElseThrow(() -> new AssertionError("nobody reads " + event.getName()));
        assertThat(record.topic().records()).contains(record.value().getClass());
        assertThat(record.value().getSchema().getFields().get(1).name()).isEqualTo("origin");
        assertThat(record.keyBytes()).hasSize(record.topic() == Topic.CHAIN_PARTIES ? 20 : 32);
    }

    @Test
    void shouldReadTheTermsOfAnAgreement() {
        List<Type<?>> terms = new ArrayList<>(List.of(abi(PAYEE), abi(CUSTOMER), bytes32(OTHER)));
        for (var word = 4; word <= 13; word++) {
            terms.add(number(word));
        }
        terms.add(new Uint256(BigInteger.TWO.pow(256).subtract(BigInteger.ONE)));
        terms.add(bytes32(CHANNEL));
        var agreed = read(
                MAINTENANCE,
                MaintenanceProvider.SERVICEAGREED_EVENT,
                List.of(word(CHANNEL), word(PAYEE), word(CUSTOMER)),
                terms.toArray(Type<?>[]::new));
        assertThat(agreed.keyBytes()).isEqualTo(CHANNEL.bytes());
        assertThat(agreed.value()).isInstanceOfSatisfying(ServiceAgreed.class, value -> {
            assertThat(value.getMachine()).isEqualTo(new Bytes32(OTHER.bytes()));
            assertThat(value.getFee()).isEqualTo("4");
            assertThat(value.getPenaltyCap()).isEqualTo("8");
            assertThat(value.getInspectionTime()).isEqualTo(11);
            assertThat(value.getValidUntil()).isEqualTo(13);
            assertThat(value.getNonce().bytes()).containsOnly(0xff);
            assertThat(value.getDocument()).isEqualTo(new Bytes32(CHANNEL.bytes()));
        });
    }

    @Test
    void shouldReadMoneyBeyondAnyAmount() {
        var withdrawn = read(
                RENTALS,
                RentalProvider.WITHDRAWN_EVENT,
                List.of(word(PAYEE), word(CUSTOMER)),
                new Uint256(BigInteger.TWO.pow(128)));
        assertThat(withdrawn.keyBytes()).isEqualTo(PAYEE.bytes());
        assertThat(withdrawn.value())
                .isInstanceOfSatisfying(
                        Withdrawn.class,
                        value -> assertThat(value.getAmount()).isEqualTo(new BigDecimal(BigInteger.TWO.pow(128))));
    }

    @Test
    void shouldLeaveOutWhatConcernsNobody() {
        var unknown = new Event("Brewed", List.of(new TypeReference<Uint256>() {}));
        assertThat(logs.decode(log(PAYMENTS, unknown, List.of(), number(1)), BLOCK))
                .isEmpty();
        var stranger = log(RENTALS, PaymentProvider.CHANNELCLOSED_EVENT, List.of(word(CHANNEL)), number(1), number(1));
        assertThat(logs.decode(stranger, BLOCK)).isEmpty();
    }

    @Test
    void shouldNameALogThatIsNotWhatItsTopicSays() {
        var unknownRole = log(IDENTITIES, IdentityProvider.ROLESCHANGED_EVENT, List.of(word(CUSTOMER)), number(64));
        assertThatThrownBy(() -> logs.decode(unknownRole, BLOCK))
                .isInstanceOf(UndecodableLogException.class)
                .hasMessageContaining("log 4 of block 7")
                .hasMessageContaining("check the contract addresses");
    }

    private LogRecord read(Address contract, Event event, List<String> indexed, Type<?>... data) {
        return logs.decode(log(contract, event, indexed, data), BLOCK).orElseThrow();
    }

    private static ChainLog log(Address contract, Event event, List<String> indexed, Type<?>... data) {
        List<String> topics = new ArrayList<>(List.of(EventEncoder.encode(event)));
        topics.addAll(indexed);
        var encoded = "0x" + FunctionEncoder.encodeConstructor(List.of(data));
        return new ChainLog(contract, topics, encoded, BLOCK.number(), BLOCK.hash(), OTHER, 4);
    }

    private static Address address(int last) {
        var bytes = new byte[Address.LENGTH];
        bytes[19] = (byte) last;
        return Address.of(bytes);
    }

    private static org.web3j.abi.datatypes.Address abi(Address address) {
        return new org.web3j.abi.datatypes.Address(address.hex());
    }

    private static org.web3j.abi.datatypes.generated.Bytes32 bytes32(Hash hash) {
        return new org.web3j.abi.datatypes.generated.Bytes32(hash.bytes());
    }

    private static Uint256 number(long value) {
        return new Uint256(BigInteger.valueOf(value));
    }

    private static String word(Hash hash) {
        return hash.hex();
    }

    private static String word(Address address) {
        return "0x" + TypeEncoder.encode(abi(address));
    }
}
