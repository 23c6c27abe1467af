-- DL-05 Busiest hour
-- Entries in the busiest hour of the period, all gates together.
-- Tile: month, 30 buckets of day, compared with previous.

-- dataset visitor_count
SELECT 0 AS branch, CAST(date_trunc('hour', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_eaf5b2976d * 1) AS DOUBLE PRECISION) AS c0
FROM rollup_visitor_count_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_visitor_count_by_area AS r
WHERE r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12
GROUP BY 1, 2, 3;
