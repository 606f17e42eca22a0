package io.crema.simulation.log;

/** How far a group is in a partition. @param metadata the group's own word on it */
public record CommittedOffset(long offset, String metadata) {}
