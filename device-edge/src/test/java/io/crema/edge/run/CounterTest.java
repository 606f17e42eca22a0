package io.crema.edge.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.tap.TapLink;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Office;
import io.crema.edge.body.NewestPress;
import io.crema.edge.node.Press;
import io.crema.edge.node.Refusal;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.world.Await;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CounterTest {
    private static final TapLink PHONE = command -> {
        throw new AssertionError("the counter itself says nothing to phones");
    };

    private final NewestPress buttons = new NewestPress(System::nanoTime);
    private final Front front = new Front();
    private Counter counter = counter(Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        counter.close();
    }

    @Test
    void shouldSellWhatWasChosenBeforeThePhoneCame() {
        choose(Office.LATTE);
        counter.tapped(PHONE);

        assertThat(front.presses).extracting(Press::product).containsExactly(Office.LATTE);
    }

    @Test
    void shouldSellWhatIsChosenWhileThePhoneIsThere() throws InterruptedException {
        var tap = Thread.ofVirtual().start(() -> counter.tapped(PHONE));
        choose(Office.ESPRESSO);
        tap.join();

        assertThat(front.presses).extracting(Press::product).containsExactly(Office.ESPRESSO);
    }

    @Test
    void shouldGoOnWithTheSameAttemptAfterALostTap() {
        choose(Office.ESPRESSO);
        front.next = refused(Refusal.TAP_LOST);
        counter.tapped(PHONE);
        front.next = refused(Refusal.PHONE_REFUSED);
        counter.tapped(PHONE);
        counter.tapped(PHONE);

        assertThat(front.presses).hasSize(3).containsOnly(front.presses.getFirst());
    }

    @Test
    void shouldBeginAnewWhenAnotherProductIsChosenAfterALostTap() {
        choose(Office.ESPRESSO);
        front.next = refused(Refusal.TAP_LOST);
        counter.tapped(PHONE);
        choose(Office.LATTE);
        counter.tapped(PHONE);

        assertThat(front.presses).extracting(Press::product).containsExactly(Office.ESPRESSO, Office.LATTE);
        assertThat(front.presses).extracting(Press::attempt).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotTakePhonesForWhatIsNotSold() {
        front.open = false;
        choose(Office.ESPRESSO);
        front.open = true;
        choose(Office.LATTE);
        counter.tapped(PHONE);

        assertThat(front.presses).extracting(Press::product).containsExactly(Office.LATTE);
    }

    @Test
    void shouldForgetAChoiceThatNobodyPaid() {
        counter.close();
        counter = counter(Duration.ofMillis(1));
        choose(Office.ESPRESSO);
        Await.until(() -> front.shown.getLast().equals("Choose a product."));
        counter.close(); // a phone that comes now would wait for a product
        counter.tapped(PHONE);

        assertThat(front.presses).isEmpty();
    }

    private void choose(ProductId product) {
        var offers = front.offers.size();
        buttons.press(product);
        Await.until(() -> front.offers.size() > offers && front.shown.contains("offer " + product));
    }

    private Counter counter(Duration patience) {
        var fresh = new Counter(front, buttons, patience, new Random(1));
        fresh.start();
        return fresh;
    }

    private static TapOutcome refused(Refusal refusal) {
        return new TapOutcome.Refused(refusal, refusal.sentence());
    }

    /** A machine that refuses as it is told, and notes what it is asked. */
    private static final class Front implements Counter.Machine {
        final List<Press> presses = new CopyOnWriteArrayList<>();
        final List<ProductId> offers = new CopyOnWriteArrayList<>();
        final List<String> shown = new CopyOnWriteArrayList<>();
        volatile boolean open = true;
        volatile TapOutcome next = refused(Refusal.NO_CREDIT);

        @Override
        public Counter.Offer offer(ProductId product) {
            offers.add(product);
            return new Counter.Offer(open, "offer " + product);
        }

        @Override
        public TapOutcome press(Press press, TapLink link) {
            presses.add(press);
            return next;
        }

        @Override
        public void show(String sentence) {
            shown.add(sentence);
        }
    }
}
