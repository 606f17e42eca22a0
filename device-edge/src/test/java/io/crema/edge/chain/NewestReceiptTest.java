package io.crema.edge.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NewestReceiptTest {
    private final Office office = new Office();

    @Test
    void shouldComeBackFromAQrCodeEvenWithItsGreatestValues() throws Exception {
        var newest = greatest();
        var json = newest.toJson();
        assertThat(json.length()).isLessThanOrEqualTo(1_400).isLessThan(QrCode.MOST_BYTES);
        assertThat(NewestReceipt.fromJson(json)).isEqualTo(newest);

        var code = QrCode.of(json);
        assertThat(scanned(code)).isEqualTo(json);
        assertThat(code.size()).as("modules with the quiet zone").isLessThanOrEqualTo(140);
        assertThat(code.toSvg()).startsWith("<svg").contains("viewBox=\"0 0 " + code.size());
        assertThat(code.toText().lines())
                .hasSize((code.size() + 1) / 2)
                .allSatisfy(line -> assertThat(line).hasSize(code.size()));
    }

    @Test
    void shouldNameWhatIsWrong() {
        var json = greatest().toJson();
        assertThatThrownBy(() -> NewestReceipt.fromJson("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no JSON");
        assertThatThrownBy(() -> NewestReceipt.fromJson("{}")).hasMessageContaining("crema-receipt-1");
        assertThatThrownBy(() -> NewestReceipt.fromJson(json.replace("\"history\"", "\"herstory\"")))
                .hasMessageContaining("history");
        assertThatThrownBy(() -> NewestReceipt.fromJson(json.replace("\"sequence\":", "\"sequence\":-")))
                .hasMessageContaining("sequence");
        assertThatThrownBy(() -> QrCode.of("x".repeat(3000))).hasMessageContaining("2953");
    }

    private NewestReceipt greatest() {
        var employee = SigningKey.generate(office.random);
        var index = Long.MAX_VALUE;
        var customer = office.customer.address();
        var payee = office.manufacturer.address();
        var domain = office.domains.payment();
        var channel = ChannelId.of(customer, payee, index);
        var receipt = new Receipt(channel, Long.MAX_VALUE, Amount.MAX, Hash.ZERO);
        var badge = new Badge(
                customer, employee.address(), channel, Amount.MAX, 0xffff_ffffL, Long.MAX_VALUE, Long.MAX_VALUE);
        return new NewestReceipt(
                Long.MAX_VALUE,
                domain.verifyingContract(),
                customer,
                payee,
                index,
                TypedData.sign(receipt, domain, employee),
                Optional.of(TypedData.sign(badge, domain, office.customer)));
    }

    private static String scanned(QrCode code) throws Exception {
        var scale = 4;
        var side = code.size() * scale;
        var pixels = new int[side * side];
        for (var y = 0; y < side; y++) {
            for (var x = 0; x < side; x++) {
                pixels[y * side + x] = code.isDark(x / scale, y / scale) ? 0xff000000 : 0xffffffff;
            }
        }
        var picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
        return new QRCodeReader()
                .decode(picture, Map.of(DecodeHintType.PURE_BARCODE, true))
                .getText();
    }
}
