-- The stream asks every table for the rows behind a position, at each commit: without these it would read them whole.
CREATE INDEX agreement_log_source ON agreement_log (src_partition, src_offset);
CREATE INDEX balance_source ON balance (src_partition, src_offset);
CREATE INDEX fault_source ON fault (src_partition, src_offset);
CREATE INDEX machine_twin_source ON machine_twin (src_partition, src_offset);
CREATE INDEX service_request_source ON service_request (src_partition, src_offset);
CREATE INDEX machine_hour_source ON machine_hour (src_partition, src_offset);
CREATE INDEX intent_source ON intent (src_partition, src_offset);
CREATE INDEX transaction_version_source ON transaction_version (src_partition, src_offset);
CREATE INDEX outcome_source ON outcome (src_partition, src_offset);
