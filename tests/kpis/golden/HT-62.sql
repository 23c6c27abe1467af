-- HT-62 Open reports of water and flooding
-- 1022 reports of water supply, drainage and flooding received and not yet closed.
-- Tile: day, 30 buckets of day, compared with previous.

-- dataset citizen_report
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' WHEN (r.bucket >= $2 AND r.bucket < $3 OR r.bucket >= $4 AND r.bucket < $5) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.flow_83177cb56c * 1) AS DOUBLE PRECISION) AS c0
FROM rollup_citizen_report_by_area AS r
WHERE r.bucket < $6
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $7 AND r.bucket < $8 OR r.bucket >= $9 AND r.bucket < $10) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_citizen_report_by_area AS r
WHERE r.bucket >= $11 AND r.bucket < $12 OR r.bucket >= $13 AND r.bucket < $14
GROUP BY 1, 2, 3;
