package io.crema.ingest.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.ingest.watch.ChainLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The logs in an answer, read as they come. Neighbours share their address and their block's and transaction's hash. For
 * one answer.
 */
final class LogJson {
    private @Nullable Address contract;
    private String contractText = "";
    private @Nullable Hash block;
    private String blockText = "";
    private @Nullable Hash transaction;
    private String transactionText = "";

    /** From the array's first token on. */
    static List<ChainLog> read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IOException("logs are no array");
        }
        var reader = new LogJson();
        List<ChainLog> logs = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            reader.readOne(json, logs);
        }
        return logs;
    }

    private void readOne(JsonParser json, List<ChainLog> logs) throws IOException {
        List<String> topics = List.of();
        var data = "0x";
        var number = -1L;
        var index = -1;
        var removed = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "address" -> contract(json.getText());
                case "topics" -> topics = topics(json);
                case "data" -> data = json.getText();
                case "blockNumber" -> number = HeaderJson.quantity(json.getText());
                case "blockHash" -> block(json.getText());
                case "transactionHash" -> transaction(json.getText());
                case "logIndex" -> index = Math.toIntExact(HeaderJson.quantity(json.getText()));
                case "removed" -> removed = json.getBooleanValue();
                default -> json.skipChildren();
            }
        }
        if (number < 0 || index < 0) {
            throw new IOException("a log without block number or index");
        }
        if (!removed) {
            logs.add(new ChainLog(
                    Objects.requireNonNull(contract, "address"),
                    topics,
                    data,
                    number,
                    Objects.requireNonNull(block, "blockHash"),
                    Objects.requireNonNull(transaction, "transactionHash"),
                    index));
        }
    }

    private void contract(String text) {
        if (!text.equals(contractText)) {
            contractText = text;
            contract = Address.fromHex(text);
        }
    }

    private void block(String text) {
        if (!text.equals(blockText)) {
            blockText = text;
            block = Hash.fromHex(text);
        }
    }

    private void transaction(String text) {
        if (!text.equals(transactionText)) {
            transactionText = text;
            transaction = Hash.fromHex(text);
        }
    }

    private static List<String> topics(JsonParser json) throws IOException {
        List<String> topics = new ArrayList<>(4);
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            topics.add(json.getText());
        }
        return topics;
    }
}
