package io.crema.chain.vectors;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.utils.Numeric;

/** contracts/test/vectors/VectorCheck.sol on a chain: what Solidity makes of our values. */
final class VectorCheck {
    private static final String BINARY = "target/solidity/test/VectorCheck.bin";

    private final Web3j web3j;
    private final String address;

    private VectorCheck(Web3j web3j, String address) {
        this.web3j = web3j;
        this.address = address;
    }

    /** @param from an account that the node signs for */
    static VectorCheck deploy(Web3j web3j, String from) throws IOException {
        var binary = Files.readString(Path.of(System.getProperty("basedir", "")).resolve(BINARY));
        var creation = Transaction.createContractTransaction(
                from, null, null, BigInteger.valueOf(15_000_000), BigInteger.ZERO, "0x" + binary);
        var sent = web3j.ethSendTransaction(creation).send();
        if (sent.hasError()) {
            throw new AssertionError(sent.getError().getMessage());
        }
        while (true) {
            var receipt = web3j.ethGetTransactionReceipt(sent.getTransactionHash())
                    .send()
                    .getTransactionReceipt();
            if (receipt.isPresent()) {
                return new VectorCheck(web3j, receipt.get().getContractAddress());
            }
            Thread.onSpinWait();
        }
    }

    List<Hash> hashes(Kind kind, List<? extends Record> values) throws IOException {
        var words = new ByteArrayOutputStream();
        for (var value : values) {
            words.writeBytes(RandomValues.words(value, new Words(16)).toBytes());
        }
        return hashes(
                "hashes", new Uint8(kind.ordinal()), new DynamicBytes(words.toByteArray()), new Uint256(values.size()));
    }

    /** @param ids by VectorCheck.Id's number: the words that each is made of */
    List<Hash> ids(int id, List<byte[]> ids) throws IOException {
        var words = new ByteArrayOutputStream();
        ids.forEach(words::writeBytes);
        return hashes("ids", new Uint8(id), new DynamicBytes(words.toByteArray()), new Uint256(ids.size()));
    }

    Hash machineId(Address manufacturer, String serial) throws IOException {
        return hash(call(
                "machineId",
                List.of(new TypeReference<Bytes32>() {}),
                new org.web3j.abi.datatypes.Address(manufacturer.hex()),
                new Utf8String(serial)));
    }

    List<Hash> histories(ChannelId channel, List<Sale> sales) throws IOException {
        var words =
                new Words(3 + 8 * sales.size()).hash(channel.value()).u64(64).u64(sales.size());
        sales.forEach(sale -> RandomValues.words(sale, words));
        var signature = "histories(bytes32,(bytes32,bytes32,uint96,uint96,address,uint32,uint64,bytes32)[])";
        var data = TypedData.keccak(signature).hex().substring(0, 10) + Numeric.toHexStringNoPrefix(words.toBytes());
        return list(ask(data, List.of(new TypeReference<DynamicArray<Bytes32>>() {})));
    }

    /** The zero address stands for a refused signature. */
    List<Address> signers(Hash separator, List<Hash> structs, List<Signature> signatures) throws IOException {
        var bytes = new ByteArrayOutputStream();
        signatures.forEach(signature -> bytes.writeBytes(signature.bytes()));
        var answer = call(
                "signers",
                List.of(new TypeReference<DynamicArray<org.web3j.abi.datatypes.Address>>() {}),
                new Bytes32(separator.bytes()),
                new DynamicArray<>(
                        Bytes32.class,
                        structs.stream().map(hash -> new Bytes32(hash.bytes())).toList()),
                new DynamicBytes(bytes.toByteArray()));
        return ((DynamicArray<?>) answer)
                .getValue().stream()
                        .map(value -> Address.fromHex(value.toString()))
                        .toList();
    }

    private List<Hash> hashes(String function, Type<?>... arguments) throws IOException {
        return list(call(function, List.of(new TypeReference<DynamicArray<Bytes32>>() {}), arguments));
    }

    private Type<?> call(String function, List<TypeReference<?>> result, Type<?>... arguments) throws IOException {
        return ask(FunctionEncoder.encode(new Function(function, Arrays.asList(arguments), List.of())), result);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as web3j declares it
    private Type<?> ask(String data, List<TypeReference<?>> result) throws IOException {
        var call = Transaction.createEthCallTransaction(null, address, data);
        var answer = web3j.ethCall(call, DefaultBlockParameterName.LATEST).send();
        if (answer.hasError()) {
            throw new AssertionError(answer.getError().getMessage());
        }
        return (Type<?>)
                FunctionReturnDecoder.decode(answer.getValue(), (List) result).getFirst();
    }

    private static List<Hash> list(Type<?> array) {
        return ((DynamicArray<?>) array)
                .getValue().stream().map(VectorCheck::hash).toList();
    }

    private static Hash hash(Object word) {
        return Hash.of(((Bytes32) word).getValue());
    }
}
