-- HT-42 Outages not restored
-- Faults and planned cuts begun and not yet restored.
-- Tile: now, 48 buckets of hour, compared with none.

-- dataset outage
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' ELSE date_trunc('hour', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.flow_daaa847ddc * 1) AS DOUBLE PRECISION) AS c0
FROM rollup_outage_by_area AS r
WHERE r.bucket < $2
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('hour', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_outage_by_area AS r
WHERE r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3;
