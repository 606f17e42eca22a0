package io.crema.edge.fuzz;

import io.crema.edge.Office;
import io.crema.edge.Provisioning;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The file by which a machine is told its papers: placement and tariffs. */
final class ProvisioningTarget implements FuzzTarget {
    @Override
    public List<byte[]> seeds() {
        return List.of(new Office().provisioning.toJson().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read(byte[] input) {
        try {
            Provisioning.fromJson(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                throw new IllegalStateException("a refusal without a word", refused);
            }
        }
        return 1;
    }
}
