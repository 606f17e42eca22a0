package io.crema.settlement.intent;

import io.crema.settlement.WaitsFor;
import java.time.Instant;

/**
 * Why an intent is left alone for a while.
 *
 * @param detail the figures
 * @param until when it is looked at again
 */
public record Hold(WaitsFor reason, String detail, Instant until) {}
