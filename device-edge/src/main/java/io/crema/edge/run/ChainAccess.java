package io.crema.edge.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings for acting on chain while the platform is out of reach.
 *
 * @param rpcUrl of a node; may hold an access token, so its text form hides all but the host
 * @param account the key file of the account that pays the gas, encrypted with the machine's secret
 * @param silence how long the platform must have been out of reach
 */
public record ChainAccess(String rpcUrl, Path account, Duration silence) {
    @Override
    public String toString() {
        return "ChainAccess[rpcUrl=%s, account=%s, silence=%s]"
                .formatted(rpcUrl.replaceFirst("^(https?://)([^/]*@)?([^/?]*).*$", "$1$3/…"), account, silence);
    }
}
