-- DL-18 Visitors to Cù Lao Chàm
-- Visitors taken to Cù Lao Chàm by boat today; the limit is 3,000 a day.
-- Tile: day, 30 buckets of day, compared with weekday.

-- dataset cham_trip
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_dcb6850389 * 1) AS DOUBLE PRECISION) AS c0
FROM rollup_cham_trip_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_cham_trip_by_area AS r
WHERE r.bucket >= $13 AND r.bucket < $14 OR r.bucket >= $15 AND r.bucket < $16
GROUP BY 1, 2, 3;
