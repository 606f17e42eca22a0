package io.crema.cli.fleet;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import java.time.Instant;
import java.util.SortedMap;

/** All prices of a machine from a moment on. */
public record PriceChange(Instant validFrom, SortedMap<ProductId, Amount> prices) {}
