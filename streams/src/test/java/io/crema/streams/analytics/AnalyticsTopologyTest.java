package io.crema.streams.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.events.MachineHour;
import io.crema.events.ReceiptAccepted;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.Sales;
import io.crema.streams.TopologyRig;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyticsTopologyTest {
    @TempDir
    Path dir;

    @Test
    void shouldAddUpEachHourByTheSalesOwnTime() {
        var sales = new Sales();
        var hour = Instant.ofEpochSecond(Sales.NOON).truncatedTo(ChronoUnit.HOURS);
        try (var rig = new TopologyRig(AnalyticsTopology.of(1), dir)) {
            for (var minute : new long[] {1, 59, 61, 2}) {
                var sale = sales.saleAt(10 + minute, hour.getEpochSecond() + 60 * minute);
                var accepted = accepted(sales, sales.sell(sale, sales.employee, sales.badge));
                rig.pipe(Topic.RECEIPTS, sales.channel.bytes(), accepted);
            }
            var keys = rig.records(Topic.MACHINE_HOURS);
            assertThat(keys)
                    .hasSize(4)
                    .allSatisfy(record -> assertThat(record.key()).hasSize(72));
            var last = RecordCodec.perThread().decode(keys.getLast().value(), MachineHour.class);
            assertThat(last.getHour()).isEqualTo(hour);
            assertThat(last.getCups()).isEqualTo(3);
            assertThat(last.getRevenue()).isEqualTo(BigDecimal.valueOf(11 + 69 + 12));
        }
    }

    private static ReceiptAccepted accepted(Sales sales, SignedReceipt signed) {
        var receipt = signed.receipt().content();
        return new ReceiptAccepted(
                Convert.bytes32(sales.channel),
                receipt.sequence(),
                Convert.decimal(receipt.total()),
                Convert.bytes32(receipt.history()),
                Convert.bytes32(Sales.PAYMENT.digest(receipt)),
                Convert.bytes32(signed.sale().structHash()),
                ReceiptRuns.toRecord(signed.sale()),
                Convert.bytes20(sales.customer.address()),
                Convert.bytes20(sales.payee),
                true);
    }
}
