package io.crema.phone;

import io.crema.contracts.tap.Greeting;
import io.crema.contracts.tap.Hello;
import io.crema.contracts.tap.Proof;
import io.crema.contracts.tap.Proposal;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One tap as the phone sees it: selected, greeted, proven, proposed, signed. Made anew by each SELECT. */
final class Conversation {
    private final Wallet wallet;
    private final TapWatcher watcher;
    private @Nullable Greeted greeted;
    private @Nullable Address machineKey;
    private @Nullable Proposal proposed;

    private record Greeted(Greeting greeting, Company company, Hello hello) {}

    Conversation(Wallet wallet, TapWatcher watcher) {
        this.wallet = wallet;
        this.watcher = watcher;
    }

    byte[] hello(byte[] message) throws TapRefusedException {
        machineKey = null;
        proposed = null;
        var greeting = Greeting.decode(message);
        if (greeting.offered() < 1) {
            throw new TapRefusedException(TapStatus.VERSION_UNKNOWN);
        }
        // a locked phone does not even say for whom it would pay
        refuseUnlessOk(wallet.isLocked() ? TapStatus.LOCKED : TapStatus.OK);
        var company =
                wallet.company(greeting.customer()).orElseThrow(() -> new TapRefusedException(TapStatus.NO_BADGE));
        var chosen = Math.min(greeting.offered(), TapProtocol.VERSION);
        var channel = greeting.channel();
        var answer = new Greeting.Answer(
                chosen,
                wallet.address(),
                wallet.nonce(),
                wallet.placement(channel).map(it -> it.content().structHash()).orElse(Hash.ZERO),
                wallet.tariff(greeting.payee(), greeting.machine())
                        .map(it -> it.content().structHash())
                        .orElse(Hash.ZERO));
        var hello = new Hello(
                greeting.offered(),
                chosen,
                channel,
                greeting.machine(),
                wallet.address(),
                greeting.nonce(),
                answer.nonce());
        greeted = new Greeted(greeting, company, hello);
        return answer.encode();
    }

    byte[] prove(byte[] message) throws TapRefusedException {
        var it = greeted();
        var proof = Proof.decode(message);
        var known = wallet.placement(it.hello().channel());
        var placement = proof.placement()
                .or(() -> known)
                .orElseThrow(() -> new TapRefusedException(TapStatus.PLACEMENT_MISSING));
        var isNew = known.filter(placement::equals).isEmpty();
        refuseUnlessOk(placement(placement, it, isNew));
        refuseUnlessOk(
                known.filter(seen -> isReplaced(placement, seen, it)).isPresent()
                        ? TapStatus.PLACEMENT_ENDED
                        : TapStatus.OK);
        if (!new Signed<>(it.hello(), proof.hello())
                .isSignedBy(placement.content().machineKey(), wallet.domain())) {
            throw new TapRefusedException(TapStatus.HELLO_FORGED);
        }
        if (isNew) {
            wallet.keep(placement);
        }
        machineKey = placement.content().machineKey();
        return new Proof.Answer(
                        it.company().badge(),
                        wallet.newest(it.hello().channel())
                                .map(own -> new Proof.Newest(own.receipt(), own.offered(), own.committed())))
                .encode();
    }

    private TapStatus placement(Signed<Placement> placement, Greeted it, boolean isNew) {
        if (isNew && !it.company().signed(placement, wallet.domain())) {
            return TapStatus.PLACEMENT_FORGED;
        }
        var content = placement.content();
        if (!content.channel().equals(it.hello().channel())
                || !content.machine().equals(it.hello().machine())) {
            return TapStatus.PLACEMENT_OTHER;
        }
        return wallet.now() > content.validUntil() ? TapStatus.PLACEMENT_ENDED : TapStatus.OK;
    }

    /**
     * Whether the company has put the known placement in this one's place, as after a machine's key was stolen: a later
     * one holds longer. A company with another acting key begins anew.
     */
    private boolean isReplaced(Signed<Placement> shown, Signed<Placement> known, Greeted it) {
        var acting = it.company().signers().get(0); // Android 14 has no getFirst
        return !shown.content().equals(known.content())
                && shown.content().validUntil() <= known.content().validUntil()
                && (known.isSignedBy(acting, wallet.domain()) || !shown.isSignedBy(acting, wallet.domain()));
    }

    byte[] put(byte[] message) throws TapRefusedException {
        var it = greeted();
        if (machineKey == null) {
            throw new TapRefusedException(TapStatus.OUT_OF_ORDER);
        }
        proposed = null;
        var proposal = Proposal.decode(message);
        var payee = it.greeting().payee();
        var known = wallet.tariff(payee, it.greeting().machine());
        var newest = wallet.newest(it.hello().channel());
        var status = new ProposalCheck(wallet, it.company(), it.greeting(), machineKey, proposal).judge(known, newest);
        if (status == TapStatus.TIME_APART) {
            throw TapRefusedException.timeApart(wallet.now());
        }
        refuseUnlessOk(status);
        proposal.tariff()
                .filter(tariff -> known.filter(tariff::equals).isEmpty())
                .ifPresent(tariff -> wallet.keepTariff(payee, tariff));
        newest.filter(own -> !own.committed() && isPrevious(own, proposal)).ifPresent(own -> wallet.keep(own.commit()));
        proposed = proposal;
        return new byte[0];
    }

    /** Whether the machine has just shown that this receipt, whose COMMIT never came, counts. */
    private static boolean isPrevious(OwnReceipt own, Proposal proposal) {
        return proposal.previous()
                .filter(it ->
                        it.receipt().content().equals(own.receipt().receipt().content()))
                .isPresent();
    }

    byte[] sign(byte[] message) throws TapRefusedException {
        var it = greeted();
        if (proposed == null) {
            throw new TapRefusedException(TapStatus.OUT_OF_ORDER);
        }
        var receipt = proposed.receipt();
        var digest = wallet.domain().digest(receipt);
        if (message.length != Hash.LENGTH || !Hash.of(message).equals(digest)) {
            throw new TapRefusedException(TapStatus.OTHER_RECEIPT);
        }
        var newest = wallet.newest(receipt.channel());
        if (newest.filter(own -> own.digest().equals(digest)).isPresent()) {
            return newest.get().receipt().receipt().signature().bytes();
        }
        Optional<OwnReceipt> replaced = newest.filter(own -> own.sequence() == receipt.sequence());
        refuseUnlessOk(wallet.allows(receipt.channel(), proposed.sale(), replaced));
        var own = wallet.sign(proposed, it.company(), replaced);
        watcher.signed(own);
        return own.receipt().receipt().signature().bytes();
    }

    byte[] commit(byte[] message) throws TapRefusedException {
        var newest = wallet.newest(greeted().hello().channel());
        if (machineKey == null
                || message.length != Hash.LENGTH
                || newest.filter(own -> own.digest().equals(Hash.of(message))).isEmpty()) {
            throw new TapRefusedException(TapStatus.OTHER_RECEIPT);
        }
        if (!newest.get().committed()) {
            var committed = newest.get().commit();
            wallet.keep(committed);
            watcher.committed(committed);
        }
        return new byte[0];
    }

    private Greeted greeted() throws TapRefusedException {
        if (greeted == null) {
            throw new TapRefusedException(TapStatus.OUT_OF_ORDER);
        }
        return greeted;
    }

    private static void refuseUnlessOk(TapStatus status) throws TapRefusedException {
        if (status != TapStatus.OK) {
            throw new TapRefusedException(status);
        }
    }
}
