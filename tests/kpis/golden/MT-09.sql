-- MT-09 Coliform in sea water
-- Coliform of the latest sea water samples, the highest beach.
-- Tile: month, 26 buckets of week, compared with previous.

-- dataset sea_water
SELECT 0 AS branch, CAST(keyed0.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed0.part AS VARCHAR) AS part, CAST(max(keyed0.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed0.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(date_trunc('week', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_ec0ffe1426, r.last_ec0ffe1426_at) AS v0
FROM last_sea_water AS r
WHERE r.bucket >= $1 AND r.bucket < $2
GROUP BY 1, 2, 3) AS keyed0
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(keyed1.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed1.part AS VARCHAR) AS part, CAST(max(keyed1.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed1.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(date_trunc('week', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_ec0ffe1426, r.last_ec0ffe1426_at) AS v0
FROM last_sea_water AS r
WHERE r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3) AS keyed1
GROUP BY 1, 2, 3
UNION ALL
SELECT 2 AS branch, CAST(keyed2.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed2.part AS VARCHAR) AS part, CAST(max(keyed2.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed2.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(CASE WHEN (r.bucket >= $5 AND r.bucket < $6) THEN $5 END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_ec0ffe1426, r.last_ec0ffe1426_at) AS v0
FROM last_sea_water AS r
WHERE r.bucket >= $5 AND r.bucket < $6
GROUP BY 1, 2, 3) AS keyed2
GROUP BY 1, 2, 3
UNION ALL
SELECT 3 AS branch, CAST(keyed3.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed3.part AS VARCHAR) AS part, CAST(max(keyed3.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed3.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(CASE WHEN (r.bucket >= $7 AND r.bucket < $8) THEN $7 END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_ec0ffe1426, r.last_ec0ffe1426_at) AS v0
FROM last_sea_water AS r
WHERE r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3) AS keyed3
GROUP BY 1, 2, 3
UNION ALL
SELECT 4 AS branch, CAST(date_trunc('day', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_sea_water_by_area AS r
WHERE r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12
GROUP BY 1, 2, 3;
