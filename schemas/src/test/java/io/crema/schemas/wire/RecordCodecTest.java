package io.crema.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.events.Bytes32;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private final RecordCodec codec = RecordCodec.perThread();

    @Test
    void shouldBringARunOfReceiptsThroughTheWireUnchanged() {
        var customer = SigningKey.generate(new Random(1));
        var employee = SigningKey.generate(new Random(2));
        var channel = ChannelId.of(customer.address(), employee.address(), 0);
        var domain = new Domain(31337, customer.address());
        var badge = TypedData.sign(
                new Badge(customer.address(), employee.address(), channel, Amount.MAX, 0, 0, 2_000_000_000L),
                domain,
                customer);
        var head = ChannelHead.start(channel);
        List<SignedReceipt> receipts = new ArrayList<>();
        for (var i = 0; i < 128; i++) {
            var sale = new Sale(
                    MachineId.of(employee.address(), "A-1"),
                    ProductId.named("Latte"),
                    Amount.of(38_700_000),
                    Amount.of(i),
                    employee.address(),
                    1,
                    1_700_000_000L + i,
                    Hash.ZERO);
            var receipt = head.next(sale);
            receipts.add(new SignedReceipt(TypedData.sign(receipt, domain, employee), sale, Optional.of(badge)));
            head = ChannelHead.at(receipt);
        }
        var bytes = codec.encode(Topic.EDGE_RECEIPTS, ReceiptRuns.toRecord(channel, receipts));
        assertThat(bytes.length).isLessThan(ReceiptRuns.MOST_BYTES);
        assertThat(ReceiptRuns.fromRecord(codec.decode(bytes, ReceiptRun.class)))
                .isEqualTo(receipts);
    }

    @Test
    void shouldNameWhatIsWrongWithForeignBytes() {
        assertThatThrownBy(() -> codec.decode(new byte[] {1, 2}))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageContaining("2 bytes");
        assertThatThrownBy(() -> codec.decode(new byte[] {0, 0x7f, 0, 0, 0, 1}))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageContaining("schema id 2130706432");
        assertThatThrownBy(() -> codec.decode(new byte[] {0, 0, 0, 0, 1, (byte) 0xff}))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageContaining("schema id 1");
    }

    @Test
    void shouldRefuseANumberWithoutDigits() {
        var bytes = forged(Arrays.copyOf(new byte[] {0, 2, 2, 0}, 300));
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageContaining("Zero length");
    }

    @Test
    void shouldNotReserveWhatAForgedCountClaims() {
        var bytes = forged(new byte[] {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f});
        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(RecordFormatException.class);
    }

    @Test
    void shouldNotReserveWhatAForgedLengthClaims() {
        var bytes = forged(new byte[] {0, 2, 2, (byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 1});
        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(RecordFormatException.class);
    }

    /** A run's header and channel, then the given bytes in the place of badges and receipts. */
    private byte[] forged(byte[] rest) {
        var empty = codec.encode(new ReceiptRun(new Bytes32(new byte[32]), List.of(), List.of()));
        return ByteBuffer.allocate(5 + 32 + rest.length)
                .put(empty, 0, 5 + 32)
                .put(rest)
                .array();
    }
}
