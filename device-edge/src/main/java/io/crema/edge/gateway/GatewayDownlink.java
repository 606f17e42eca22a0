package io.crema.edge.gateway;

import io.crema.contracts.value.MachineId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Facts for one machine from the gateway, by long poll. Thread-safe. */
public final class GatewayDownlink implements DownlinkPort {
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final GatewayClient gateway;
    private final MachineId machine;

    public GatewayDownlink(GatewayClient gateway, MachineId machine) {
        this.gateway = gateway;
        this.machine = machine;
    }

    @Override
    public Answer facts(String after, Duration wait) throws IOException, InterruptedException {
        var path = "/v1/machines/%s/downlink?after=%s&wait=%d"
                .formatted(machine, URLEncoder.encode(after, StandardCharsets.UTF_8), wait.toSeconds());
        return FactJson.read(gateway.get(path, wait.plus(GRACE)));
    }
}
