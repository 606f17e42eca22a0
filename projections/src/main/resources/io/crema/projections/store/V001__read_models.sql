-- Every table is the fold of one topic, named in its comment. src_partition and src_offset name the record that led to
-- a row's present state. Ids are raw bytes, amounts are in the token's smallest unit, times are UTC.

CREATE TABLE position (
    topic text NOT NULL,
    partition int NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE position IS 'How far the log is folded; advances in the transaction of the rows, by compare-and-set.';

CREATE TABLE unreadable (
    topic text NOT NULL,
    partition int NOT NULL,
    record_offset bigint NOT NULL,
    reason text NOT NULL,
    logged_at timestamptz NOT NULL,
    PRIMARY KEY (topic, partition, record_offset)
);
COMMENT ON TABLE unreadable IS 'Records that could not be folded; their bytes are in the log.';

CREATE TABLE channel_log (
    block_hash bytea NOT NULL,
    transaction_hash bytea NOT NULL,
    log_index int NOT NULL,
    block_number bigint NOT NULL,
    block_time timestamptz NOT NULL,
    contract bytea NOT NULL,
    channel bytea NOT NULL,
    kind text NOT NULL,
    customer bytea,
    payee bytea,
    channel_index bigint,
    period_minutes int,
    account bytea,
    amount numeric(29),
    deposited numeric(29),
    redeemed numeric(29),
    sequence bigint,
    total numeric(29),
    close_at timestamptz,
    reason text,
    reversed boolean NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL,
    PRIMARY KEY (block_hash, transaction_hash, log_index)
);
COMMENT ON TABLE channel_log IS 'chain.channels.events.v1';
CREATE INDEX channel_log_channel ON channel_log (channel, kind);
CREATE INDEX channel_log_transaction ON channel_log (transaction_hash);
CREATE INDEX channel_log_time ON channel_log (kind, block_time);
CREATE INDEX channel_log_source ON channel_log (src_partition, src_offset);

CREATE TABLE party_log (
    block_hash bytea NOT NULL,
    transaction_hash bytea NOT NULL,
    log_index int NOT NULL,
    block_number bigint NOT NULL,
    block_time timestamptz NOT NULL,
    contract bytea NOT NULL,
    account bytea NOT NULL,
    kind text NOT NULL,
    roles text[],
    suspended boolean,
    epoch bigint,
    signer bytea,
    machine bytea,
    machine_key bytea,
    serial text,
    reversed boolean NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL,
    PRIMARY KEY (block_hash, transaction_hash, log_index)
);
COMMENT ON TABLE party_log IS 'chain.parties.events.v1';
CREATE INDEX party_log_machine ON party_log (machine) WHERE machine IS NOT NULL;

CREATE TABLE agreement_log (
    block_hash bytea NOT NULL,
    transaction_hash bytea NOT NULL,
    log_index int NOT NULL,
    block_number bigint NOT NULL,
    block_time timestamptz NOT NULL,
    contract bytea NOT NULL,
    agreement bytea NOT NULL,
    kind text NOT NULL,
    machine bytea NOT NULL,
    channel bytea,
    manufacturer bytea,
    customer bytea,
    channel_index bigint,
    deposited numeric(29),
    fault bytea,
    evidence bytea,
    requested_by bytea,
    reversed boolean NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL,
    PRIMARY KEY (block_hash, transaction_hash, log_index)
);
COMMENT ON TABLE agreement_log IS 'chain.agreements.events.v1';
CREATE INDEX agreement_log_agreement ON agreement_log (agreement);
CREATE INDEX agreement_log_machine ON agreement_log (machine, kind);
CREATE INDEX agreement_log_channel ON agreement_log (channel);

CREATE TABLE checkpoint (
    contract bytea PRIMARY KEY,
    block_number bigint NOT NULL,
    block_hash bytea NOT NULL,
    logged_at timestamptz NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL
);
COMMENT ON TABLE checkpoint IS 'chain.checkpoints.table.v1';

CREATE TABLE receipt (
    channel bytea NOT NULL,
    sequence bigint NOT NULL,
    total numeric(29) NOT NULL,
    customer bytea NOT NULL,
    machine bytea,
    product bytea,
    price numeric(29),
    credit numeric(29),
    tariff bigint,
    sale_time timestamptz,
    sale_hash bytea NOT NULL,
    digest bytea NOT NULL,
    proven boolean NOT NULL,
    logged_at timestamptz NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL,
    PRIMARY KEY (channel, sequence)
);
COMMENT ON TABLE receipt IS 'channels.receipts.events.v1';
CREATE INDEX receipt_logged ON receipt (logged_at, channel, sequence);
CREATE INDEX receipt_machine ON receipt (machine, logged_at);
CREATE INDEX receipt_source ON receipt (src_partition, src_offset);

CREATE TABLE customer_day (
    customer bytea NOT NULL,
    day date NOT NULL,
    cups bigint NOT NULL,
    spent numeric(38) NOT NULL,
    PRIMARY KEY (customer, day)
);
COMMENT ON TABLE customer_day IS 'channels.receipts.events.v1, added up by the day of the sale; sums do not depend on order.';
CREATE INDEX customer_day_day ON customer_day (day);

CREATE TABLE machine_total (
    machine bytea PRIMARY KEY,
    cups bigint NOT NULL,
    revenue numeric(38) NOT NULL,
    last_sale_at timestamptz NOT NULL,
    last_logged_at timestamptz NOT NULL
);
COMMENT ON TABLE machine_total IS 'channels.receipts.events.v1, added up; sums and maxima do not depend on order.';

CREATE TABLE balance (
    channel bytea PRIMARY KEY,
    customer bytea,
    payee bytea,
    channel_index bigint NOT NULL,
    machine bytea,
    status text NOT NULL,
    deposited numeric(29) NOT NULL,
    accepted numeric(29) NOT NULL,
    receipts bigint NOT NULL,
    newest_sequence bigint NOT NULL,
    redeemed numeric(29) NOT NULL,
    waiting numeric(29) NOT NULL,
    waiting_receipts bigint NOT NULL,
    waiting_reason text NOT NULL,
    redeeming numeric(29),
    ahead boolean NOT NULL,
    forked boolean NOT NULL,
    close_at timestamptz,
    unredeemed_since timestamptz,
    updated_at timestamptz NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL
);
COMMENT ON TABLE balance IS 'channels.balances.table.v1';

CREATE TABLE fault (
    fault bytea PRIMARY KEY,
    machine bytea NOT NULL,
    rule text NOT NULL,
    description text,
    quantity text,
    unit text,
    value double precision,
    evidence bytea,
    since timestamptz,
    raised_at timestamptz,
    cleared_at timestamptz,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL
);
COMMENT ON TABLE fault IS 'machines.events.v1';
CREATE INDEX fault_machine ON fault (machine);

CREATE TABLE machine_twin (
    machine bytea PRIMARY KEY,
    readings jsonb NOT NULL,
    last_event jsonb,
    faults text[] NOT NULL,
    batch_sequence bigint NOT NULL,
    last_seen timestamptz NOT NULL,
    failures bigint NOT NULL,
    version text NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL
);
COMMENT ON TABLE machine_twin IS 'machines.twins.table.v1';

CREATE TABLE service_request (
    request bytea PRIMARY KEY,
    machine bytea NOT NULL,
    fault bytea NOT NULL,
    rule text NOT NULL,
    description text NOT NULL,
    evidence bytea NOT NULL,
    opened_at timestamptz NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL
);
COMMENT ON TABLE service_request IS 'service.requests.events.v1';

CREATE TABLE machine_hour (
    machine bytea NOT NULL,
    hour timestamptz NOT NULL,
    product bytea NOT NULL,
    cups bigint NOT NULL,
    revenue numeric(38) NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL,
    PRIMARY KEY (machine, hour, product)
);
COMMENT ON TABLE machine_hour IS 'analytics.hours.table.v1';
CREATE INDEX machine_hour_hour ON machine_hour (hour);

CREATE TABLE intent (
    intent bytea PRIMARY KEY,
    kind text NOT NULL,
    subject bytea NOT NULL,
    effect bytea NOT NULL,
    attempt int NOT NULL,
    machine bytea,
    sequence bigint,
    total numeric(29),
    gain numeric(29),
    customer bytea,
    payee bytea,
    reason text NOT NULL,
    urgent boolean NOT NULL,
    decided_at timestamptz NOT NULL,
    deadline timestamptz,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL
);
COMMENT ON TABLE intent IS 'chain.intents.commands.v1';
CREATE INDEX intent_subject ON intent (subject, total);

CREATE TABLE transaction_version (
    account bytea NOT NULL,
    nonce bigint NOT NULL,
    version int NOT NULL,
    stage text NOT NULL,
    hash bytea NOT NULL,
    recipient bytea NOT NULL,
    intents bytea[] NOT NULL,
    subjects bytea[] NOT NULL,
    kind text NOT NULL,
    max_fee_per_gas numeric(38) NOT NULL,
    gas_limit bigint NOT NULL,
    block_number bigint,
    gas_used bigint,
    effective_gas_price numeric(38),
    succeeded boolean,
    reason text NOT NULL,
    first_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL,
    PRIMARY KEY (account, nonce, version)
);
COMMENT ON TABLE transaction_version IS 'chain.transactions.events.v1';
CREATE INDEX transaction_version_hash ON transaction_version (hash);
CREATE INDEX transaction_version_intents ON transaction_version USING gin (intents);

CREATE TABLE outcome (
    intent bytea PRIMARY KEY,
    subject bytea NOT NULL,
    effect bytea NOT NULL,
    attempt int NOT NULL,
    kind text NOT NULL,
    total numeric(29),
    transaction_hash bytea,
    reason text NOT NULL,
    ended_at timestamptz NOT NULL,
    src_partition int NOT NULL,
    src_offset bigint NOT NULL
);
COMMENT ON TABLE outcome IS 'chain.outcomes.events.v1';
CREATE INDEX outcome_effect ON outcome (effect);

CREATE TABLE quarantined (
    src_partition int NOT NULL,
    src_offset bigint NOT NULL,
    topic text NOT NULL,
    partition int NOT NULL,
    record_offset bigint NOT NULL,
    value_hash bytea NOT NULL,
    value_bytes int,
    reason text NOT NULL,
    detail text NOT NULL,
    sequence bigint,
    refused_by text NOT NULL,
    refused_at timestamptz NOT NULL,
    PRIMARY KEY (src_partition, src_offset)
);
COMMENT ON TABLE quarantined IS 'quarantine.events.v1';
CREATE INDEX quarantined_time ON quarantined (refused_at);

-- What follows joins tables for reading and holds nothing itself.

CREATE VIEW transaction_now AS
SELECT DISTINCT ON (account, nonce) t.*,
    count(*) OVER (PARTITION BY account, nonce) AS versions,
    min(first_at) OVER (PARTITION BY account, nonce) AS nonce_first_at,
    stage IN ('PREPARED', 'SENT', 'MINED') AS pending
FROM transaction_version t
ORDER BY account, nonce, (stage IN ('CONFIRMED', 'FAILED', 'REPLACED')) DESC, (stage = 'MINED') DESC, version DESC;

CREATE VIEW rental AS
SELECT DISTINCT ON (machine) machine, channel, customer, manufacturer
FROM agreement_log
WHERE kind = 'RENTAL' AND NOT reversed
ORDER BY machine, block_number DESC, log_index DESC;

CREATE VIEW machine_serial AS
SELECT DISTINCT ON (machine) machine, account AS manufacturer, serial
FROM party_log
WHERE kind = 'MACHINE_KEY' AND NOT reversed AND serial <> ''
ORDER BY machine, block_number DESC, log_index DESC;

CREATE VIEW machine_known AS
SELECT machine FROM rental
UNION SELECT machine FROM machine_serial
UNION SELECT machine FROM machine_twin
UNION SELECT machine FROM machine_total;

CREATE VIEW channel_known AS
SELECT b.*, coalesce(b.machine, r.machine) AS served_by
FROM balance b
LEFT JOIN LATERAL (
    SELECT a.machine FROM agreement_log a
    WHERE a.channel = b.channel AND a.kind = 'RENTAL' AND NOT a.reversed
    ORDER BY a.block_number DESC, a.log_index DESC LIMIT 1
) r ON true;

CREATE VIEW redemption AS
WITH paid AS (
    SELECT l.*, row_number() OVER (PARTITION BY l.channel, l.total ORDER BY l.block_number, l.log_index) AS nth,
        count(*) OVER (PARTITION BY l.transaction_hash) AS shared_by
    FROM channel_log l
    WHERE l.kind = 'REDEEMED' AND NOT l.reversed AND l.amount > 0
), opened AS (
    SELECT DISTINCT ON (channel) channel, customer, payee
    FROM channel_log WHERE kind = 'OPENED' AND NOT reversed
    ORDER BY channel, block_number DESC
)
SELECT
    CASE WHEN i.intent IS NOT NULL AND p.nth = 1 THEN '0x' || encode(i.intent, 'hex')
         ELSE '0x' || encode(p.transaction_hash, 'hex') || '-' || p.log_index END AS id,
    p.channel, coalesce(i.customer, o.customer) AS customer, coalesce(i.payee, o.payee) AS payee,
    p.amount, p.total, p.sequence, 'confirmed' AS status, 'confirmed' AS stage, i.reason, NULL::text AS note,
    i.decided_at, p.block_time, p.transaction_hash, p.block_number, t.gas_used,
    t.gas_used * t.effective_gas_price AS fee_wei, p.shared_by, p.block_time AS sort_time
FROM paid p
LEFT JOIN opened o ON o.channel = p.channel
LEFT JOIN LATERAL (
    SELECT * FROM intent i WHERE i.subject = p.channel AND i.kind = 'REDEEM' AND i.total = p.total
    ORDER BY i.attempt DESC LIMIT 1
) i ON true
LEFT JOIN transaction_version t ON t.hash = p.transaction_hash
UNION ALL
SELECT
    '0x' || encode(i.intent, 'hex'), i.subject, i.customer, i.payee,
    i.gain, i.total, i.sequence,
    CASE WHEN x.kind IN ('FAILED', 'SKIPPED') THEN 'failed' ELSE 'pending' END,
    CASE WHEN x.kind IN ('FAILED', 'SKIPPED') THEN lower(x.kind)
         WHEN x.kind IS NOT NULL THEN 'mined'
         WHEN t.stage IS NULL THEN 'decided'
         WHEN t.stage = 'CONFIRMED' THEN 'mined'
         ELSE lower(t.stage) END,
    i.reason, nullif(x.reason, ''), i.decided_at, NULL, coalesce(x.transaction_hash, t.hash), t.block_number, t.gas_used,
    t.gas_used * t.effective_gas_price, cardinality(t.intents), i.decided_at
FROM intent i
LEFT JOIN outcome x ON x.intent = i.intent
LEFT JOIN LATERAL (
    SELECT * FROM transaction_version t WHERE t.intents @> ARRAY[i.intent]
    ORDER BY (t.stage = 'CONFIRMED') DESC, (t.stage = 'MINED') DESC, t.nonce DESC, t.version DESC LIMIT 1
) t ON true
WHERE i.kind = 'REDEEM' AND (x.kind IS NULL OR x.kind IN ('DONE', 'FAILED', 'SKIPPED'))
    AND NOT EXISTS (
        SELECT 1 FROM channel_log l
        WHERE l.channel = i.subject AND l.kind = 'REDEEMED' AND NOT l.reversed AND l.total >= i.total
    );

CREATE VIEW service AS
SELECT s.*, a.block_time AS requested_at, coalesce(a.transaction_hash, x.transaction_hash) AS transaction_hash,
    f.cleared_at, nullif(x.reason, '') AS note,
    CASE WHEN f.cleared_at IS NOT NULL THEN 'cleared'
         WHEN a.agreement IS NOT NULL THEN 'requested'
         WHEN x.kind IN ('FAILED', 'SKIPPED') THEN 'failed'
         ELSE 'opened' END AS status
FROM service_request s
LEFT JOIN LATERAL (
    SELECT a.agreement, a.block_time, a.transaction_hash FROM agreement_log a
    WHERE a.agreement = s.request AND a.kind = 'SERVICE_REQUESTED' AND NOT a.reversed
    ORDER BY a.block_number LIMIT 1
) a ON true
LEFT JOIN LATERAL (
    SELECT * FROM outcome x WHERE x.subject = s.request ORDER BY x.attempt DESC LIMIT 1
) x ON true
LEFT JOIN fault f ON f.fault = s.fault;
