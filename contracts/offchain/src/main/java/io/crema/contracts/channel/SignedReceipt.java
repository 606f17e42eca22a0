package io.crema.contracts.channel;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import java.util.Optional;

/**
 * A receipt with its sale, its signature and the badge of the key that made it.
 *
 * @param badge empty when the customer signed itself
 */
public record SignedReceipt(Signed<Receipt> receipt, Sale sale, Optional<Signed<Badge>> badge) {}
