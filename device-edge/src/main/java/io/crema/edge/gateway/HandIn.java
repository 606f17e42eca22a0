package io.crema.edge.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.typed.Claim;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning.PricedTariff;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands in at a gateway what parties have signed for machines. Each answers whether it was new there, and throws {@link
 * GatewayException} with the reason when it is refused. Thread-safe.
 */
public final class HandIn implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final GatewayClient gateway;

    /** @param servers the gateway's own certificate, or the authority that vouches for it */
    public HandIn(URI address, List<X509Certificate> servers) {
        gateway = new GatewayClient(address, Optional.empty(), servers);
    }

    /** The manufacturer's word on a machine's key and certificate; signed in MaintenanceProvider's domain. */
    public boolean claim(Address manufacturer, String serial, Signed<Claim> signed)
            throws IOException, InterruptedException {
        var claim = signed.content();
        return put(
                "/v1/machines/%s/claim".formatted(claim.machine()),
                signed(signed)
                        .put("manufacturer", manufacturer.hex())
                        .put("serialNumber", serial)
                        .put("machineKey", claim.machineKey().hex())
                        .put("certificate", claim.certificate().hex())
                        .put("version", claim.version()));
    }

    /** @param names of products, each of which has its name's hash as id */
    public boolean tariff(PricedTariff priced, Map<ProductId, String> names) throws IOException, InterruptedException {
        var tariff = priced.tariff().content();
        var body = signed(priced.tariff()).put("version", tariff.version()).put("validFrom", tariff.validFrom());
        var prices = body.putObject("prices");
        priced.prices().forEach((product, price) -> prices.put(product.toString(), price.toString()));
        var shown = body.putObject("names");
        names.forEach((product, name) -> shown.put(product.toString(), name));
        return put("/v1/machines/%s/tariff".formatted(tariff.machine()), body);
    }

    /** The customer's word on the machine at the end of its channel. */
    public boolean placement(Signed<Placement> signed) throws IOException, InterruptedException {
        var placement = signed.content();
        return put(
                "/v1/machines/%s/placement".formatted(placement.machine()),
                signed(signed)
                        .put("channel", placement.channel().toString())
                        .put("machineKey", placement.machineKey().hex())
                        .put("token", placement.token().hex())
                        .put("decimals", placement.decimals())
                        .put("validUntil", placement.validUntil()));
    }

    /** @param badges the digests whose hash is signed */
    public boolean revocations(Signed<Revocations> signed, List<Hash> badges) throws IOException, InterruptedException {
        var list = signed.content();
        var body = signed(signed).put("epoch", list.epoch()).put("version", list.version());
        var digests = body.putArray("badges");
        badges.forEach(badge -> digests.add(badge.hex()));
        return put("/v1/customers/%s/revocations".formatted(list.customer()), body);
    }

    private static ObjectNode signed(Signed<?> signed) {
        return GatewayClient.JSON
                .createObjectNode()
                .put("signature", signed.signature().hex());
    }

    private boolean put(String path, ObjectNode body) throws IOException, InterruptedException {
        return gateway.put(path, body, LIMIT).path("new").asBoolean();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
