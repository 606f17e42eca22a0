package io.crema.edge.fuzz;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import io.crema.edge.node.Press;
import io.crema.edge.node.TestNode;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * Both ends of a tap. Each input meets the same machine and the same phone in the same state, down to their nonces, so
 * that the genuine transcript it came from is still valid where it was not touched.
 */
final class TapTargets {
    private static final int NONCES = 77;

    // the same office twice: each side draws its nonces from its own
    private final Office machines = new Office("FUZZ-1", 5);
    private final Office phones = new Office("FUZZ-1", 5);
    private final SigningKey employee = SigningKey.generate(new Random(6));
    private final List<byte[]> commands = new ArrayList<>();
    private final List<byte[]> answers = new ArrayList<>();

    TapTargets() {
        var phone = phone();
        try (var node = machine()) {
            for (var tap = 1; tap <= 3; tap++) {
                node.press(press(tap), apdu -> {
                    var answer = phone.process(apdu);
                    commands.add(apdu);
                    answers.add(answer);
                    return answer;
                });
                phone.deactivated();
            }
        }
        require(cups(Apdus.split(Apdus.join(answers))) == 3, "the genuine answers pour three cups");
        var last = answer(Apdus.split(Apdus.join(commands)));
        require(Arrays.equals(last, answers.getLast()), "the genuine commands are answered as they were");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("expected that " + what);
        }
    }

    private Press press(int number) {
        var attempt = new byte[Hash.LENGTH];
        attempt[0] = (byte) number;
        return new Press(number == 2 ? Office.LATTE : Office.ESPRESSO, Hash.of(attempt));
    }

    private ApduHandler phone() {
        phones.random.setSeed(NONCES);
        return new PhoneCard(phones.wallet(employee, new MemoryWalletStore(), phones.badge(employee)));
    }

    private TestNode machine() {
        machines.random.setSeed(NONCES);
        return TestNode.inMemory(machines);
    }

    /** Commands to a phone. */
    FuzzTarget phones() {
        return new FuzzTarget() {
            @Override
            public List<byte[]> seeds() {
                var first = commands.size() / 3;
                return List.of(
                        Apdus.join(commands),
                        Apdus.join(commands.subList(0, first)),
                        Apdus.join(commands.subList(0, first / 2)));
            }

            @Override
            public int read(byte[] input) {
                var apdus = Apdus.split(input);
                answer(apdus);
                return apdus.size();
            }
        };
    }

    /** The answer to the last command. */
    private byte[] answer(List<byte[]> commands) {
        var phone = phone();
        var answer = new byte[0];
        for (var command : commands) {
            answer = phone.process(command);
            require(
                    answer.length >= 2 && answer.length <= TapProtocol.MOST_DATA + 2,
                    "an answer has 2 to 242 bytes, not " + answer.length);
        }
        return answer;
    }

    /** Answers to a machine. */
    FuzzTarget machines() {
        return new FuzzTarget() {
            @Override
            public List<byte[]> seeds() {
                return List.of(Apdus.join(answers), Apdus.join(answers.subList(0, answers.size() / 3)));
            }

            @Override
            public int read(byte[] input) {
                var given = Apdus.split(input);
                cups(given);
                return given.size();
            }
        };
    }

    private long cups(List<byte[]> given) {
        var answer = given.iterator();
        try (var node = machine()) {
            for (var tap = 1; tap <= 3; tap++) {
                node.press(press(tap), from(answer));
                require(
                        node.cups() <= node.newestSequence(), // fewer where a phone's receipt was taken up
                        "each cup has its receipt: %d cups, %d receipts".formatted(node.cups(), node.newestSequence()));
            }
            return node.cups();
        }
    }

    private static TapLink from(Iterator<byte[]> answers) {
        return _ -> {
            if (!answers.hasNext()) {
                throw new TapLostException("taken away");
            }
            return answers.next();
        };
    }
}
