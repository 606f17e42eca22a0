package io.crema.chain.stories;

import static io.crema.chain.stories.World.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.wrappers.IdentityProvider;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are lost or moved by vote, and the money behind them, balances to the unit. */
final class LostKeyStoryIT {
    private static final long DAY = 86_400;

    private World world;
    private Rented rented;

    @BeforeEach
    void begin() throws Exception {
        world = new World();
        rented = new Rented(world);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void shouldTellTheStoryOfALostKey() throws Exception {
        world.fund(world.customer, world.contracts.paymentProvider(), units(100));
        var offer = rented.offer(termsWithoutBond(), 8);
        rented.conclude(offer, units(100));
        var identity = world.identity(world.customer);
        identity.setGuardian(world.customer.hex(), world.guardian.hex()).send();

        // the key is lost: the guardian moves the identity, which takes a week
        world.identity(world.guardian)
                .startMove(world.customer.hex(), world.fresh.hex())
                .send();
        assertThatThrownBy(() -> world.identity(world.owner)
                        .finishMove(world.customer.hex())
                        .send())
                .isInstanceOf(Exception.class);
        world.pass(Duration.ofDays(7));
        world.identity(world.owner).finishMove(world.customer.hex()).send();
        world.payment(world.owner).adoptMove(world.customer.hex()).send();
        assertThat(identity.keyOf(world.customer.hex()).send()).isEqualToIgnoringCase(world.fresh.hex());
        assertThat(identity.identityOwner(world.customer.hex()).send()).isEqualToIgnoringCase(world.fresh.hex());
        assertThat(identity.did(world.customer.hex()).send()).isEqualTo("did:ethr:0x7a69:" + world.customer.hex());

        // coffee drunk before stays payable; the lost key has no say any more
        rented.redeem(offer, 1, units(12), true);
        var lost = world.payment(world.customer);
        assertThatThrownBy(() -> lost.requestClose(world.manufacturer.hex(), Rented.index(offer))
                        .send())
                .isInstanceOf(Exception.class);
        world.payment(world.fresh)
                .requestCloseFor(world.customer.hex(), world.manufacturer.hex(), Rented.index(offer))
                .send();
        world.pass(Duration.ofDays(7));
        world.payment(world.fresh)
                .close(world.customer.hex(), world.manufacturer.hex(), Rented.index(offer))
                .send();
        assertThatThrownBy(() -> lost.withdraw(world.customer.hex()).send()).isInstanceOf(Exception.class);
        world.payment(world.fresh)
                .withdrawFor(world.customer.hex(), world.fresh.hex())
                .send();

        // two owners now decide together: they move the manufacturer at once
        vote(0, world.arbiter.address().hex(), BigInteger.ZERO, world.owner);
        vote(2, Hash.ZERO.hex().substring(0, 42), BigInteger.TWO, world.owner);
        vote(
                5,
                world.manufacturer.hex(),
                new BigInteger(1, world.guardian.address().bytes()),
                world.owner,
                world.arbiter);
        world.payment(world.owner).adoptMove(world.manufacturer.hex()).send();
        world.payment(world.guardian)
                .withdrawFor(world.manufacturer.hex(), world.guardian.hex())
                .send();

        world.assertHolds(world.fresh, units(88));
        world.assertHolds(world.guardian, units(12));
        world.assertHolds(world.customer, Amount.ZERO);
        world.assertHolds(world.contracts.paymentProvider(), Amount.ZERO);
    }

    private Terms termsWithoutBond() {
        return new Terms(
                world.contracts.token(),
                units(50),
                7 * DAY,
                0,
                0,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                TypedData.keccak("document"));
    }

    /** The first proposes, the others approve, the last executes. */
    private void vote(int kind, String account, BigInteger value, Actor... owners) throws Exception {
        var made = world.identity(owners[0])
                .propose(BigInteger.valueOf(kind), account, value)
                .send();
        var proposal = IdentityProvider.getProposalMadeEvents(made).getFirst().proposal;
        for (var i = 1; i < owners.length; i++) {
            world.identity(owners[i]).approve(proposal).send();
        }
        world.identity(owners[owners.length - 1]).execute(proposal).send();
    }
}
