-- What a redemption paid is the growth of the channel's redeemed amount.

CREATE OR REPLACE VIEW redemption AS
WITH grown AS (
    SELECT l.*, l.redeemed - coalesce(lag(l.redeemed) OVER (
        PARTITION BY l.channel ORDER BY l.block_number, l.log_index), 0) AS growth
    FROM channel_log l
    WHERE l.kind = 'REDEEMED' AND NOT l.reversed
), paid AS (
    SELECT l.*, row_number() OVER (PARTITION BY l.channel, l.total ORDER BY l.block_number, l.log_index) AS nth,
        count(*) OVER (PARTITION BY l.transaction_hash) AS shared_by
    FROM grown l
    WHERE l.growth > 0
), opened AS (
    SELECT DISTINCT ON (channel) channel, customer, payee
    FROM channel_log WHERE kind = 'OPENED' AND NOT reversed
    ORDER BY channel, block_number DESC
)
SELECT
    CASE WHEN i.intent IS NOT NULL AND p.nth = 1 THEN '0x' || encode(i.intent, 'hex')
         ELSE '0x' || encode(p.transaction_hash, 'hex') || '-' || p.log_index END AS id,
    p.channel, coalesce(i.customer, o.customer) AS customer, coalesce(i.payee, o.payee) AS payee,
    p.growth::numeric(29) AS amount, p.total, p.sequence, 'confirmed' AS status, 'confirmed' AS stage, i.reason, NULL::text AS note,
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
