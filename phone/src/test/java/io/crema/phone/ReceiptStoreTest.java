package io.crema.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiptStoreTest {
    @Test
    void shouldShowTheLastSalesNewestFirstEachOnce() throws Exception {
        var desk = new Desk();
        for (var i = 1; i <= PastSales.MOST + 5; i++) {
            desk.tap();
            desk.sale = desk.sale(150, i, Desk.NOW);
            desk.tap();
            desk.poured(150);
        }
        desk.tap();

        var sales = desk.wallet.sales();
        assertThat(sales).hasSize(PastSales.MOST);
        assertThat(sales.getFirst().committed()).isFalse();
        assertThat(sales.getFirst().sequence()).isEqualTo(PastSales.MOST + 6);
        assertThat(sales.subList(1, 20)).allMatch(PastSale::committed);
        assertThat(sales)
                .extracting(PastSale::sequence)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(sales.get(1).credit()).isEqualTo(Amount.of(PastSales.MOST + 5));
    }

    @Test
    void shouldStoreAReceiptDurablyBeforeItsSignatureLeaves() throws Exception {
        var desk = new Desk();
        var order = new ArrayList<String>();
        var store = new WalletStore() {
            @Override
            public Optional<byte[]> get(String name) {
                return desk.store.get(name);
            }

            @Override
            public void put(String name, byte[] value) {
                order.add("put " + name.split("-")[0]);
                desk.store.put(name, value);
            }

            @Override
            public void note(String name, byte[] value) {
                order.add("note");
            }
        };
        var card = new PhoneCard(new Wallet(desk.employee, desk.domain, store, () -> desk.now, desk.random));
        desk.link = apdu -> {
            var answer = card.process(apdu);
            if (apdu[1] == 0x16) {
                order.add("signature");
            }
            return answer;
        };
        desk.tap();
        assertThat(order).containsExactly("put placement", "put tariff", "put receipt", "note", "signature");
    }

    @Test
    void shouldReadATornListAsFarAsItIsWhole(@TempDir Path folder) throws Exception {
        var desk = new Desk();
        var files = new FileWalletStore(folder);
        for (var name :
                List.of("companies", "company-" + desk.customer.address().hex().substring(2))) {
            files.put(name, desk.store.get(name).orElseThrow());
        }
        var wallet = new Wallet(desk.employee, desk.domain, files, () -> desk.now, desk.random);
        var card = new PhoneCard(wallet);
        desk.link = card::process;
        desk.tap();
        assertThat(wallet.sales()).hasSize(1);
        var file = folder.resolve("last-sales");
        var whole = Files.readAllBytes(file);
        for (var size = 0; size < whole.length; size++) {
            Files.write(file, java.util.Arrays.copyOf(whole, size));
            assertThat(wallet.sales()).isEmpty();
        }
        for (var i = 0; i < whole.length; i++) {
            var garbled = whole.clone();
            garbled[i] ^= (byte) 0xff;
            Files.write(file, garbled);
            assertThat(wallet.sales()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(wallet.newest(desk.channel)).isPresent();
    }
}
