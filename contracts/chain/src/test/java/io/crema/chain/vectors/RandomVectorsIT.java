package io.crema.chain.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.deploy.Contracts;
import io.crema.chain.deploy.Deployment;
import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.crypto.BouncyCastleSecp256k1;
import io.crema.contracts.crypto.NativeSecp256k1;
import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.DowntimeId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.OrderId;
import io.crema.contracts.value.RequestId;
import io.crema.contracts.value.ShipmentId;
import io.crema.contracts.value.Signature;
import io.crema.platform.Anvil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.http.HttpService;

/**
 * Java and Solidity agree on random values: hash, signer, refusal, ids. Another seed in each run; -Dcrema.seed=N plays
 * one again.
 */
final class RandomVectorsIT {
    private static final Logger log = LoggerFactory.getLogger(RandomVectorsIT.class);
    private static final long SEED =
            Long.getLong("crema.seed", ThreadLocalRandom.current().nextLong());
    private static final int PER_TYPE = 900;
    private static final int BATCH = 300;

    private static Anvil anvil;
    private static Web3j web3j;
    private static VectorCheck solidity;
    private static Map<String, Domain> domains;

    private final RandomValues values = new RandomValues(SEED);
    private final List<Secp256k1> libraries = List.of(new NativeSecp256k1(), new BouncyCastleSecp256k1());
    private long accepted;
    private long foreign;
    private long refused;

    @BeforeAll
    static void deploy() throws Exception {
        anvil = Anvil.builder().blockPerTransaction().start();
        web3j = Web3j.build(new HttpService(anvil.rpcUrl()));
        var account = anvil.accounts().getFirst();
        var contracts = Deployment.deploy(web3j, Credentials.create(account.privateKey()));
        domains = domains(contracts);
        solidity = VectorCheck.deploy(web3j, account.address());
        log.info("random vectors: seed {} (-Dcrema.seed={} plays them again)", SEED, SEED);
    }

    @AfterAll
    static void stop() {
        web3j.shutdown();
        anvil.close();
    }

    @Test
    void shouldAgreeOnTheDomainsOfTheDeployedContracts() throws Exception {
        for (var domain : domains.values()) {
            var call = Transaction.createEthCallTransaction(
                    null,
                    domain.verifyingContract().hex(),
                    TypedData.keccak("domainSeparator()").hex().substring(0, 10));
            assertThat(web3j.ethCall(call, DefaultBlockParameterName.LATEST)
                            .send()
                            .getValue())
                    .isEqualTo(domain.separator().hex());
        }
    }

    @Test
    void shouldAgreeOnHashesSignersAndRefusals() throws Exception {
        for (var kind : Kind.values()) {
            for (var done = 0; done < PER_TYPE; done += BATCH) {
                agree(kind);
            }
        }
        log.info(
                "random vectors: {} struct hashes and {} signatures agree: {} by their signer, {} by someone else, {} refused",
                Kind.values().length * PER_TYPE,
                accepted + foreign + refused,
                accepted,
                foreign,
                refused);
        assertThat(accepted + foreign + refused).isGreaterThanOrEqualTo(10_000);
        assertThat(accepted).isGreaterThan(5_000);
        assertThat(foreign).isGreaterThan(500);
        assertThat(refused).isGreaterThan(500);
    }

    private void agree(Kind kind) throws IOException {
        List<TypedData> batch = new ArrayList<>();
        for (var i = 0; i < BATCH; i++) {
            batch.add(values.of(kind));
        }
        var hashes = batch.stream().map(TypedData::structHash).toList();
        assertThat(solidity.hashes(kind, batch.stream().map(Record.class::cast).toList()))
                .as("%s, seed %d", kind, SEED)
                .isEqualTo(hashes);
        if (!kind.domain.isEmpty()) {
            agreeOnSignatures(kind, batch, hashes);
        }
    }

    private void agreeOnSignatures(Kind kind, List<TypedData> batch, List<Hash> hashes) throws IOException {
        var domain = domain(kind);
        List<Signature> signatures = new ArrayList<>();
        List<Address> recovered = new ArrayList<>();
        for (var data : batch) {
            var key = values.key();
            var digest = domain.digest(data);
            var signature = values.perhapsSpoilt(key.sign(digest));
            var signer = libraries.getFirst().recover(digest, signature);
            for (var library : libraries) {
                assertThat(library.recover(digest, signature))
                        .as("%s by %s, seed %d", signature, library.name(), SEED)
                        .isEqualTo(signer);
            }
            signatures.add(signature);
            recovered.add(signer.orElse(Address.ZERO));
            if (signer.isEmpty()) {
                refused++;
            } else if (signer.get().equals(key.address())) {
                accepted++;
            } else {
                foreign++;
            }
        }
        assertThat(solidity.signers(domain.separator(), hashes, signatures))
                .as("%s, seed %d", kind, SEED)
                .isEqualTo(recovered);
    }

    /** Attestations are signed for one of three contracts. */
    private Domain domain(Kind kind) {
        var name = kind == Kind.ATTESTATION
                ? List.of("rental", "maintenance", "supply").get(values.below(3))
                : kind.domain;
        var domain = domains.get(name);
        if (domain == null) {
            throw new IllegalStateException("no domain " + name);
        }
        return domain;
    }

    @Test
    void shouldAgreeOnIds() throws Exception {
        for (var id = 0; id < 5; id++) {
            List<byte[]> words = new ArrayList<>();
            List<Hash> expected = new ArrayList<>();
            for (var i = 0; i < BATCH; i++) {
                expected.add(idAndWords(id, words));
            }
            assertThat(solidity.ids(id, words)).as("id %d, seed %d", id, SEED).isEqualTo(expected);
        }
        for (var i = 0; i < 50; i++) {
            var manufacturer = values.address();
            var serial = values.text();
            assertThat(solidity.machineId(manufacturer, serial))
                    .as("'%s', seed %d", serial, SEED)
                    .isEqualTo(MachineId.of(manufacturer, serial).value());
        }
        log.info("random vectors: {} ids agree", 5 * BATCH + 50);
    }

    private Hash idAndWords(int id, List<byte[]> words) {
        var first = values.hash();
        var second = values.hash();
        switch (id) {
            case 0 -> {
                var customer = values.address();
                var payee = values.address();
                var index = values.number(63);
                words.add(
                        new Words(3).address(customer).address(payee).u64(index).toBytes());
                return ChannelId.of(customer, payee, index).value();
            }
            case 1 -> {
                words.add(new Words(2).hash(first).hash(second).toBytes());
                return RequestId.of(new MachineId(first), second).value();
            }
            case 2 -> {
                words.add(new Words(2).hash(first).hash(second).toBytes());
                return OrderId.of(first, second).value();
            }
            case 3 -> {
                var number = values.number(32);
                words.add(new Words(2).hash(first).u64(number).toBytes());
                return ShipmentId.of(new OrderId(first), number).value();
            }
            default -> {
                var from = values.number(40);
                var until = values.number(40);
                words.add(new Words(3).hash(first).u64(from).u64(until).toBytes());
                return DowntimeId.of(first, from, until).value();
            }
        }
    }

    @Test
    void shouldAgreeOnHistories() throws Exception {
        var channel = values.channel();
        List<Sale> sales = new ArrayList<>();
        List<Hash> expected = new ArrayList<>();
        var head = ChannelHead.start(channel);
        for (var i = 0; i < BATCH; i++) {
            var sale = values.smallSale();
            var receipt = head.next(sale);
            sales.add(sale);
            expected.add(receipt.history());
            head = ChannelHead.at(receipt);
        }
        assertThat(solidity.histories(channel, sales)).as("seed %d", SEED).isEqualTo(expected);
    }

    private static Map<String, Domain> domains(Contracts contracts) {
        return Map.of(
                "payment", contracts.paymentDomain(),
                "rental", contracts.rentalDomain(),
                "maintenance", contracts.maintenanceDomain(),
                "supply", contracts.supplyDomain());
    }
}
