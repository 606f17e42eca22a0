package io.crema.edge.node;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.Greeting;
import io.crema.contracts.tap.Hello;
import io.crema.contracts.tap.Proof;
import io.crema.contracts.tap.Proposal;
import io.crema.contracts.tap.TapDialogue;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import io.crema.edge.Provisioning;
import java.util.Optional;

/** One tap as the machine sees it: greet, prove, propose, have it signed, tell that it counts. */
final class MachineTap {
    private final TapDialogue dialogue;
    private final Provisioning provisioning;
    private final Greeting.Answer phone;
    private final Proof.Answer shown;

    private MachineTap(TapDialogue dialogue, Provisioning provisioning, Greeting.Answer phone, Proof.Answer shown) {
        this.dialogue = dialogue;
        this.provisioning = provisioning;
        this.phone = phone;
        this.shown = shown;
    }

    /** From SELECT to the phone's badge and newest receipt. */
    static MachineTap begin(TapLink link, Provisioning it, SigningKey machineKey, Hash nonce)
            throws TapLostException, TapRefusedException {
        var dialogue = new TapDialogue(link);
        dialogue.select();
        var greeting = new Greeting(TapProtocol.VERSION, it.customer(), it.payee(), it.index(), it.machine(), nonce);
        var phone = Greeting.Answer.decode(dialogue.exchange(TapProtocol.HELLO, greeting.encode()));
        if (phone.chosen() != TapProtocol.VERSION) {
            throw new TapRefusedException(TapStatus.VERSION_UNKNOWN);
        }
        var hello = new Hello(
                greeting.offered(), phone.chosen(), it.channel(), it.machine(), phone.employee(), nonce, phone.nonce());
        var placement = phone.placement().equals(it.placement().content().structHash())
                ? Optional.<Signed<io.crema.contracts.typed.Placement>>empty()
                : Optional.of(it.placement());
        var proof = new Proof(
                TypedData.sign(hello, it.domains().payment(), machineKey).signature(), placement);
        var shown = Proof.Answer.decode(dialogue.exchange(TapProtocol.PROVE, proof.encode()));
        return new MachineTap(dialogue, it, phone, shown);
    }

    Greeting.Answer phone() {
        return phone;
    }

    Proof.Answer shown() {
        return shown;
    }

    /** Shows the receipt and returns the phone's signature over it. */
    Signature sign(Proposal proposal) throws TapLostException, TapRefusedException {
        dialogue.exchange(TapProtocol.PUT, proposal.encode());
        var digest = digest(proposal.receipt());
        var answer = dialogue.exchange(TapProtocol.SIGN, digest.bytes());
        if (answer.length != Signature.LENGTH) {
            throw new TapLostException("a signature has 64 bytes, got " + answer.length);
        }
        return Signature.of(answer);
    }

    /** Tells the phone that its receipt counts; if it has gone, the next tap shows it. */
    boolean commit(Receipt receipt) {
        try {
            dialogue.exchange(TapProtocol.COMMIT, digest(receipt).bytes());
            return true;
        } catch (TapLostException | TapRefusedException gone) {
            return false;
        }
    }

    private Hash digest(Receipt receipt) {
        return provisioning.domains().payment().digest(receipt);
    }
}
