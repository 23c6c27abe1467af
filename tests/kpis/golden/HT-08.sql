-- HT-08 River level upstream at Câu Lâu
-- Level of the Thu Bồn at the Câu Lâu gauge, latest reading.
-- Tile: now, 48 buckets of hour, compared with none.

-- dataset water_level
SELECT 0 AS branch, CAST(keyed0.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed0.part AS VARCHAR) AS part, CAST(max(keyed0.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed0.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(date_trunc('hour', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_196113b90b, r.last_196113b90b_at) AS v0
FROM last_water_level AS r
WHERE r.bucket >= $1 AND r.bucket < $2
GROUP BY 1, 2, 3) AS keyed0
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(keyed1.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed1.part AS VARCHAR) AS part, CAST(max(keyed1.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed1.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(CASE WHEN (r.bucket >= $3 AND r.bucket < $4) THEN $3 END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_196113b90b, r.last_196113b90b_at) AS v0
FROM last_water_level AS r
WHERE r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3) AS keyed1
GROUP BY 1, 2, 3
UNION ALL
SELECT 2 AS branch, CAST(date_trunc('hour', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_water_level_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6
GROUP BY 1, 2, 3;
