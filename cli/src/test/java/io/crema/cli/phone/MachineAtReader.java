package io.crema.cli.phone;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.Greeting;
import io.crema.contracts.tap.Hello;
import io.crema.contracts.tap.Offered;
import io.crema.contracts.tap.Proof;
import io.crema.contracts.tap.Proposal;
import io.crema.contracts.tap.TapDialogue;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import io.crema.phone.Company;
import io.crema.phone.Invitation;
import io.crema.phone.TokenUnit;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A machine with one product and the reader's side of vpcd's protocol. */
final class MachineAtReader implements AutoCloseable {
    private static final ProductId PRODUCT = ProductId.named("Iced Matcha");
    private static final Amount PRICE = Amount.of(2_500_000);
    private static final TariffItems ITEMS = new TariffItems(Map.of(PRODUCT, PRICE));

    final SigningKey customer = SigningKey.generate(new Random(1));
    final SigningKey manufacturer = SigningKey.generate(new Random(2));
    final Domain domain = new Domain(31337, manufacturer.address());
    private final SigningKey machineKey = SigningKey.generate(new Random(3));
    private final MachineId machine = MachineId.of(manufacturer.address(), "CM-1");
    private final ChannelId channel = ChannelId.of(customer.address(), manufacturer.address(), 0);
    private final Random random = new Random(4);
    private final ServerSocket reader = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private Optional<Proposal.Previous> previous = Optional.empty();
    private ChannelHead head = ChannelHead.start(channel);

    MachineAtReader() throws IOException {}

    String address() {
        return "127.0.0.1:" + reader.getLocalPort();
    }

    /** Waits for a phone, and sells it a drink. */
    void serve() throws IOException, TapRefusedException, TapLostException {
        try (var phone = reader.accept()) {
            control(phone, 2);
            if (!HexFormat.of().formatHex(control(phone, 4)).equals("3b80800101")) {
                throw new IOException("not a contactless phone");
            }
            sell(link(phone));
        }
    }

    /** One sale over the link. */
    void sell(TapLink link) throws TapRefusedException, TapLostException {
        var dialogue = new TapDialogue(link);
        dialogue.select();
        var greeting = new Greeting(1, customer.address(), manufacturer.address(), 0, machine, nonce());
        var phone = Greeting.Answer.decode(dialogue.exchange(TapProtocol.HELLO, greeting.encode()));
        var hello = new Hello(1, phone.chosen(), channel, machine, phone.employee(), greeting.nonce(), phone.nonce());
        var now = Instant.now().getEpochSecond();
        var placement = sign(
                new Placement(channel, machine, machineKey.address(), customer.address(), 6, now + 1000), customer);
        var answer = Proof.Answer.decode(dialogue.exchange(
                TapProtocol.PROVE, new Proof(sign(hello, machineKey).signature(), Optional.of(placement)).encode()));
        var sale = new Sale(machine, PRODUCT, PRICE, Amount.ZERO, phone.employee(), 1, now, nonce());
        var receipt = head.next(sale);
        var digest = domain.digest(receipt);
        var offered = sign(new Offered(digest, sale.structHash()), machineKey).signature();
        var tariff = sign(new Tariff(machine, 1, 0, ITEMS.root()), manufacturer);
        dialogue.exchange(
                TapProtocol.PUT,
                new Proposal(sale, receipt, offered, ITEMS.proof(PRODUCT), Optional.of(tariff), previous).encode());
        var signature = Signature.of(dialogue.exchange(TapProtocol.SIGN, digest.bytes()));
        var signed = new Signed<>(receipt, signature);
        if (!signed.isSignedBy(phone.employee(), domain)) {
            throw new AssertionError("not signed by " + phone.employee());
        }
        previous = Optional.of(new Proposal.Previous(signed, answer.badge()));
        head = ChannelHead.at(receipt);
        dialogue.exchange(TapProtocol.COMMIT, digest.bytes());
    }

    /** A badge for the key, as its company would send it. */
    Invitation invitation(String employee) {
        var badge = new Badge(
                customer.address(),
                Address.fromHex(employee),
                Badge.ALL_CHANNELS,
                Amount.of(100_000_000),
                0,
                0,
                4_102_444_800L);
        return new Invitation(
                domain, Company.of(sign(badge, customer)), new TokenUnit(6, "EUR"), List.of("Iced Matcha"));
    }

    /** The company's list that revokes this badge. */
    String revocations(Signed<Badge> badge) {
        var digest = domain.digest(badge.content());
        var list = sign(new Revocations(customer.address(), 0, 1, Revocations.list(List.of(digest))), customer);
        return "{\"customer\":\"%s\",\"epoch\":0,\"version\":1,\"badges\":[\"%s\"],\"signature\":\"%s\"}"
                .formatted(customer.address(), digest, list.signature().hex());
    }

    private <T extends TypedData> Signed<T> sign(T content, SigningKey key) {
        return TypedData.sign(content, domain, key);
    }

    private Hash nonce() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }

    private static TapLink link(Socket phone) {
        return apdu -> {
            try {
                return exchange(phone, apdu);
            } catch (IOException e) {
                throw new TapLostException("the phone is gone", e);
            }
        };
    }

    private static byte[] control(Socket phone, int what) throws IOException {
        if (what == 4) {
            return exchange(phone, new byte[] {4});
        }
        send(phone, new byte[] {(byte) what});
        return new byte[0];
    }

    private static byte[] exchange(Socket phone, byte[] message) throws IOException {
        send(phone, message);
        var in = new DataInputStream(phone.getInputStream());
        var answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        return answer;
    }

    private static void send(Socket phone, byte[] message) throws IOException {
        var out = new DataOutputStream(phone.getOutputStream());
        out.writeShort(message.length);
        out.write(message);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
