package io.crema.settlement.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever ends the process, and wherever: each effect comes about at most once, and each intent has one outcome. */
final class SettlerCrashTest {

    @Test
    void shouldEndWellWhereverItCrashesOnce() {
        var crashes = 0;
        for (var at = 0; at < 200; at++) {
            var world = new SettlerWorld();
            world.faults.again(at);
            crashes += story(world);
        }
        assertThat(crashes).isGreaterThan(40);
    }

    /** Returns how often it crashed. */
    private static int story(SettlerWorld world) {
        world.redeem(1, 100);
        world.redeem(2, 200);
        world.redeem(SimulatedChain.REFUSING, 50);
        world.service("no water");
        var crashes = 0;
        for (var turn = 0; turn < 12; turn++) {
            crashes += world.turn();
            if (turn == 2) {
                world.redeem(1, 150);
                world.redeem(3, 10);
            }
            if (turn == 4) {
                world.chain.reorganise(2, true);
            }
        }
        world.settle();
        return crashes;
    }

    @Test
    void shouldNotTakeAnEffectForDoneThatCanStillLeaveTheChain() {
        var world = new SettlerWorld();
        world.redeem(1, 100);
        world.turn();
        world.redeemByStranger(1);
        world.chain.mine();
        world.turn();
        world.chain.reorganise(2, true);
        world.settle();
    }

    @Property(tries = 300)
    void shouldEndWellWhateverHappens(@ForAll long seed) {
        var random = new Random(seed);
        var world = new SettlerWorld();
        for (var turn = 0; turn < 40; turn++) {
            disturb(world, random);
            world.turn();
        }
        world.settle();
    }

    @Property(tries = 300)
    void shouldEndWellFromWhicheverAccountsItSends(@ForAll long seed) {
        var random = new Random(seed);
        var world = new SettlerWorld();
        for (var turn = 0; turn < 40; turn++) {
            if (random.nextInt(6) == 0) {
                world.signers = SettlerWorld.SIGNERS.subList(0, 1 + random.nextInt(3));
                world.restart();
            }
            if (random.nextInt(6) == 0) {
                world.chain.balances.put(
                        SettlerWorld.SIGNERS.get(random.nextInt(3)).account(),
                        BigInteger.TEN.pow(random.nextInt(4) == 0 ? 24 : 3));
            }
            disturb(world, random);
            world.turn();
        }
        world.settle();
    }

    private static void disturb(SettlerWorld world, Random random) {
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> world.redeem(1 + random.nextInt(6), 1 + random.nextInt(20));
            case 3 -> world.redeem(SimulatedChain.REFUSING + random.nextInt(2), 1 + random.nextInt(20));
            case 4 -> world.service("fault " + random.nextInt(3));
            case 5 -> world.faults.again(random.nextInt(12));
            case 6 -> world.chain.reorganise(1 + random.nextInt(2), random.nextBoolean());
            case 7 -> world.chain.forgetPool();
            case 8 -> world.intrude();
            case 9 -> world.chain.baseFee = BigInteger.valueOf(5 + random.nextInt(40));
            case 10 -> world.takeOver();
            case 11 -> world.redeemByStranger(1 + random.nextInt(6));
            default -> world.chain.balance = BigInteger.TEN.pow(random.nextInt(4) == 0 ? 3 : 24);
        }
    }
}
