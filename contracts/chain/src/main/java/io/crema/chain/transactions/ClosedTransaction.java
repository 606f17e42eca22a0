package io.crema.chain.transactions;

/** A final transaction: its call and the event that ended it, {@code Confirmed} or {@code Failed}. */
public record ClosedTransaction(Call call, TransactionEvent end) {}
