-- MT-03 Waste per inhabitant and day
-- Mean weight of waste a day over the official population.
-- Tile: last_month, 24 buckets of month, compared with year.

-- dataset waste
SELECT 0 AS branch, CAST(date_trunc('day', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_waste_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('day', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_a81e45570e * 1) AS DOUBLE PRECISION) AS c0
FROM rollup_waste_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 2 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_waste_by_area AS r
WHERE r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12
GROUP BY 1, 2, 3;
