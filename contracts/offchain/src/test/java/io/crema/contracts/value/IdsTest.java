package io.crema.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.web3j.abi.DefaultFunctionEncoder;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint40;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.utils.Numeric;

/** Ids against web3j's own {@code abi.encode}. */
class IdsTest {
    private static final long U32 = 0xffffffffL;
    private static final long U40 = (1L << 40) - 1;

    @Property
    void shouldHashChannelsAsSolidityDoes(
            @ForAll("addresses") Address customer, @ForAll("addresses") Address payee, @ForAll long index) {
        var unsigned = new java.math.BigInteger(Long.toUnsignedString(index));
        assertThat(ChannelId.of(customer, payee, index).value())
                .isEqualTo(encoded(web3(customer), web3(payee), new Uint64(unsigned)));
    }

    @Property
    void shouldHashMachinesAsSolidityDoes(@ForAll("addresses") Address manufacturer, @ForAll("serials") String serial) {
        assertThat(MachineId.of(manufacturer, serial).value())
                .isEqualTo(encoded(web3(manufacturer), new Utf8String(serial)));
    }

    @Property
    void shouldHashRequestsAsSolidityDoes(@ForAll("hashes") Hash machine, @ForAll("hashes") Hash fault) {
        assertThat(RequestId.of(new MachineId(machine), fault).value())
                .isEqualTo(encoded(new Bytes32(machine.bytes()), new Bytes32(fault.bytes())));
    }

    @Property
    void shouldHashOrdersAndShipmentsAsSolidityDoes(
            @ForAll("hashes") Hash agreement, @ForAll("hashes") Hash salt, @ForAll @LongRange(max = U32) long number) {
        var order = OrderId.of(agreement, salt);
        assertThat(order.value()).isEqualTo(encoded(new Bytes32(agreement.bytes()), new Bytes32(salt.bytes())));
        assertThat(ShipmentId.of(order, number).value())
                .isEqualTo(encoded(new Bytes32(order.bytes()), new Uint32(number)));
    }

    @Property
    void shouldHashDowntimesAsSolidityDoes(
            @ForAll("hashes") Hash rental,
            @ForAll @LongRange(max = U40) long from,
            @ForAll @LongRange(max = U40) long until) {
        assertThat(DowntimeId.of(rental, from, until).value())
                .isEqualTo(encoded(new Bytes32(rental.bytes()), new Uint40(from), new Uint40(until)));
    }

    @Test
    void shouldRefuseNumbersThatSolidityCouldNotHold() {
        var order = new OrderId(Hash.ZERO);
        assertThatThrownBy(() -> ShipmentId.of(order, U32 + 1)).hasMessageContaining("number must be from 0 to 2^32");
        assertThatThrownBy(() -> ShipmentId.of(order, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DowntimeId.of(Hash.ZERO, 0, U40 + 1)).hasMessageContaining("until");
    }

    @Property
    void shouldBeValues(@ForAll("hashes") Hash a, @ForAll("hashes") Hash b) {
        assertThat(ChannelId.fromHex(a.hex())).isEqualTo(new ChannelId(a)).hasToString(a.hex());
        assertThat(MachineId.fromHex(a.hex()).bytes()).isEqualTo(a.bytes());
        assertThat(new HashSet<>(Set.of(new ProductId(a)))).contains(ProductId.fromHex(a.hex()));
        assertThat(Integer.signum(new ChannelId(a).compareTo(new ChannelId(b))))
                .isEqualTo(Integer.signum(Numeric.toBigInt(a.bytes()).compareTo(Numeric.toBigInt(b.bytes()))));
        var copy = a.bytes();
        copy[0] ^= 1;
        assertThat(a.bytes()).isNotEqualTo(copy);
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private static Hash encoded(org.web3j.abi.datatypes.Type... values) {
        var words = new DefaultFunctionEncoder().encodeParameters(List.of(values));
        return Hash.of(org.web3j.crypto.Hash.sha3(Numeric.hexStringToByteArray(words)));
    }

    private static org.web3j.abi.datatypes.Address web3(Address address) {
        return new org.web3j.abi.datatypes.Address(address.hex());
    }

    @Provide
    Arbitrary<Address> addresses() {
        return Arbitraries.bytes().array(byte[].class).ofSize(Address.LENGTH).map(Address::of);
    }

    @Provide
    Arbitrary<Hash> hashes() {
        return Arbitraries.bytes().array(byte[].class).ofSize(Hash.LENGTH).map(Hash::of);
    }

    @Provide
    Arbitrary<String> serials() {
        return Arbitraries.strings().ascii().withChars('ü', '☕', '中').ofMaxLength(100);
    }
}
