package io.crema.edge.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import io.crema.edge.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a gateway may answer: tariffs, placements, lists of badges, the chain's facts. */
public final class FactTarget implements FuzzTarget {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Office office = new Office();

    @Override
    public List<byte[]> seeds() {
        var tariff = office.provisioning.tariffs().getFirst();
        var content = tariff.tariff().content();
        var placement = office.provisioning.placement();
        var badges = List.of(Hash.of(new byte[32]));
        var list = TypedData.sign(
                new Revocations(office.customer.address(), 1, 2, Revocations.list(badges)),
                office.domains.payment(),
                office.customer);
        return List.of(
                answer("""
                        {"kind":"tariff","machine":"%s","version":%d,"validFrom":%d,"prices":{"%s":"1500000","%s":"2500000"},
                         "names":{"%s":"Espresso"},"signature":"%s"}""".formatted(
                                office.machine,
                                content.version(),
                                content.validFrom(),
                                Office.ESPRESSO,
                                Office.LATTE,
                                Office.ESPRESSO,
                                tariff.tariff().signature())),
                answer("""
                        {"kind":"placement","channel":"%s","machine":"%s","machineKey":"%s","token":"%s","decimals":6,
                         "validUntil":%d,"signature":"%s"}""".formatted(
                                office.channel,
                                office.machine,
                                office.machineKey.address(),
                                office.provisioning.token(),
                                placement.content().validUntil(),
                                placement.signature())),
                answer("""
                        {"kind":"revocations","customer":"%s","epoch":1,"version":2,"badges":["%s"],"signature":"%s"}""".formatted(office.customer.address(), badges.getFirst(), list.signature())),
                answer("""
                        {"kind":"block","number":7,"time":"2026-01-01T00:00:00Z"},
                        {"kind":"channel","block":7,"channel":"%s","deposited":"5","redeemed":"4",
                         "challengePeriodMinutes":4320,"closeAt":"2026-01-04T00:00:00Z","closed":false},
                        {"kind":"customer","block":7,"customer":"%s","epoch":2,"signer":"%s"}""".formatted(office.channel, office.customer.address(), office.customer.address())));
    }

    private static byte[] answer(String facts) {
        return "{\"cursor\":\"abc\",\"facts\":[%s]}".formatted(facts).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read(byte[] input) {
        try {
            var root = JSON.readTree(input);
            if (root != null) {
                FactJson.read(root);
            }
        } catch (JsonProcessingException noJson) {
            // the right answer
        } catch (IOException noAnswer) {
            if (!String.valueOf(noAnswer.getMessage()).contains("gateway")) {
                throw new UncheckedIOException(noAnswer);
            }
        }
        return 1;
    }
}
