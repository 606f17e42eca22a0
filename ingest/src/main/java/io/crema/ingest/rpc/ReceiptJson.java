package io.crema.ingest.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.crema.ingest.watch.ChainLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The logs in a block's receipts. Stateless. */
final class ReceiptJson {
    private ReceiptJson() {}

    /** From the array's first token on. */
    static List<ChainLog> logs(JsonParser json) throws IOException {
        List<ChainLog> logs = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                if (name.equals("logs")) {
                    logs.addAll(LogJson.read(json));
                } else {
                    json.skipChildren();
                }
            }
        }
        return logs;
    }
}
