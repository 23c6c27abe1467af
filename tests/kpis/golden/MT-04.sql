-- MT-04 Share of waste sorted
-- Organic and recyclable waste collected apart over all waste of the period.
-- Tile: month, 30 buckets of day, compared with year.

-- dataset waste
SELECT 0 AS branch, CAST(date_trunc('day', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_d76efc2d71 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.sum_a81e45570e * 1) AS DOUBLE PRECISION) AS c1
FROM rollup_waste_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('day', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_waste_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
