-- HT-43 SAIDI: mean time without power
-- SAIDI: customer minutes of outages longer than 5 minutes restored in the period, over all customers.
-- Tile: year, 24 buckets of month, compared with year.

-- dataset outage
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_a4cafd99f8 * 1) AS DOUBLE PRECISION) AS c0
FROM rollup_outage_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_outage_by_area AS r
WHERE r.bucket >= $13 AND r.bucket < $14 OR r.bucket >= $15 AND r.bucket < $16
GROUP BY 1, 2, 3;

-- dataset grid
SELECT 0 AS branch, CAST(keyed0.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed0.part AS VARCHAR) AS part, CAST(sum(keyed0.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed0.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_01a92ea4c0, r.last_01a92ea4c0_at) AS v0
FROM last_grid AS r
WHERE r.bucket >= $1 AND r.bucket < $2
GROUP BY 1, 2, 3) AS keyed0
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(keyed1.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed1.part AS VARCHAR) AS part, CAST(sum(keyed1.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed1.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_01a92ea4c0, r.last_01a92ea4c0_at) AS v0
FROM last_grid AS r
WHERE r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3) AS keyed1
GROUP BY 1, 2, 3
UNION ALL
SELECT 2 AS branch, CAST(keyed2.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed2.part AS VARCHAR) AS part, CAST(sum(keyed2.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed2.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(CASE WHEN (r.bucket >= $5 AND r.bucket < $6) THEN $5 WHEN (r.bucket >= $7 AND r.bucket < $8) THEN $7 END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_01a92ea4c0, r.last_01a92ea4c0_at) AS v0
FROM last_grid AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3) AS keyed2
GROUP BY 1, 2, 3
UNION ALL
SELECT 3 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_grid_by_area AS r
WHERE r.bucket >= $13 AND r.bucket < $14 OR r.bucket >= $15 AND r.bucket < $16
GROUP BY 1, 2, 3;
