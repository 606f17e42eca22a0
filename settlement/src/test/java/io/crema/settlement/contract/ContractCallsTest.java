package io.crema.settlement.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.abi.Structs;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.MachineId;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.wire.RecordCodec;
import io.crema.settlement.TestIntents;
import io.crema.settlement.intent.IntentReader;
import io.crema.settlement.intent.IntentRecord;
import io.crema.settlement.intent.RedeemIntent;
import io.crema.settlement.intent.ServiceIntent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** The hand-written encoding against the generated wrappers. */
final class ContractCallsTest {
    private static final Domain DOMAIN = new Domain(31337, Address.ZERO);
    private static final Web3j NOWHERE = Web3j.build(new HttpService("http://127.0.0.1:1"));
    private static final ReadonlyTransactionManager NOBODY =
            new ReadonlyTransactionManager(NOWHERE, Address.ZERO.hex());

    private final SigningKey customer =
            SigningKey.of(TestIntents.hash("customer").bytes());
    private final SigningKey employee =
            SigningKey.of(TestIntents.hash("employee").bytes());
    private final Address payee = Address.fromHex("0x00000000000000000000000000000000000000aa");

    @Test
    void shouldEncodeRedemptionsAsTheWrappersDo() {
        var one = redeem(1, 500, true);
        var two = redeem(2, 700, false);
        var three = redeem(3, 900, true);
        var wrapper = PaymentProvider.load(Address.ZERO.hex(), NOWHERE, NOBODY, new DefaultGasProvider());

        assertThat(ContractCalls.redeem(List.of(one)).hex())
                .isEqualTo(wrapper.redeemWithBadge(payee.hex(), badged(one)).encodeFunctionCall());
        assertThat(ContractCalls.redeem(List.of(two)).hex())
                .isEqualTo(wrapper.redeem(payee.hex(), plain(two)).encodeFunctionCall());
        assertThat(ContractCalls.redeem(List.of(one, two, three)).hex())
                .isEqualTo(wrapper.redeemMany(payee.hex(), List.of(plain(two)), List.of(badged(one), badged(three)))
                        .encodeFunctionCall());
        assertThat(ContractCalls.redeem(List.of(two, two)).hex())
                .isEqualTo(wrapper.redeemMany(payee.hex(), List.of(plain(two), plain(two)), List.of())
                        .encodeFunctionCall());
        assertThat(ContractCalls.kind(ContractCalls.redeem(List.of(one)))).isEqualTo("REDEEM");
        assertThat(ContractCalls.kind(ContractCalls.redeem(List.of(two)))).isEqualTo("REDEEM");
        assertThat(ContractCalls.kind(ContractCalls.redeem(List.of(one, two)))).isEqualTo("REDEEM_MANY");
    }

    @Test
    void shouldEncodeServiceRequestsAsTheWrappersDo() {
        var record = TestIntents.service(MachineId.of(payee, "CM-1"), "no water", 1);
        var key = record.getRequest().bytes();
        var intent = (ServiceIntent) new IntentReader(4)
                .read(new IntentRecord(
                        Partitions.of(key, 4), 0, key, RecordCodec.perThread().encode(record), Instant.EPOCH));
        var wrapper = MaintenanceProvider.load(Address.ZERO.hex(), NOWHERE, NOBODY, new DefaultGasProvider());

        assertThat(ContractCalls.requestService(intent).hex())
                .isEqualTo(wrapper.requestService(
                                intent.machine().bytes(),
                                intent.fault().bytes(),
                                intent.evidence().bytes())
                        .encodeFunctionCall());
    }

    private RedeemIntent redeem(long index, long total, boolean withBadge) {
        var record = TestIntents.redeem(DOMAIN, customer.address(), payee, index, total, 1, employee);
        if (withBadge) {
            var badge = new Badge(
                    customer.address(),
                    employee.address(),
                    Badge.ALL_CHANNELS,
                    Amount.of(9_999),
                    3,
                    17,
                    4_000_000_000L);
            record.getReceipt().put(4, ReceiptRuns.toRecord(TypedData.sign(badge, DOMAIN, customer)));
        }
        var key = Convert.channel(record.getChannel()).bytes();
        return (RedeemIntent) new IntentReader(4)
                .read(new IntentRecord(
                        Partitions.of(key, 4), 0, key, RecordCodec.perThread().encode(record), Instant.EPOCH));
    }

    private static PaymentProvider.Redemption plain(RedeemIntent intent) {
        return Structs.redemption(intent.customer(), intent.index(), intent.receipt());
    }

    private static PaymentProvider.BadgedRedemption badged(RedeemIntent intent) {
        return Structs.redemption(
                intent.customer(),
                intent.index(),
                intent.receipt(),
                intent.badge().orElseThrow());
    }
}
