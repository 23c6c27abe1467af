-- DL-10 Old Town against its capacity
-- People in the Old Town now over its capacity of 8,500; of a zone, over that of the zone.
-- Tile: now, 24 buckets of hour, compared with weekday.

-- dataset crowd
SELECT 0 AS branch, CAST(keyed0.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed0.part AS VARCHAR) AS part, CAST(sum(keyed0.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed0.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(date_trunc('hour', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_6ee04f77bc, r.last_6ee04f77bc_at) AS v0
FROM last_crowd AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3) AS keyed0
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(keyed1.bucket AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(keyed1.part AS VARCHAR) AS part, CAST(sum(keyed1.v0) AS DOUBLE PRECISION) AS c0, CAST(count(keyed1.v0) AS DOUBLE PRECISION) AS c1
FROM (SELECT CAST(CASE WHEN (r.bucket >= $5 AND r.bucket < $6) THEN $5 WHEN (r.bucket >= $7 AND r.bucket < $8) THEN $7 END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, r._key AS k, arg_max(r.last_6ee04f77bc, r.last_6ee04f77bc_at) AS v0
FROM last_crowd AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3) AS keyed1
GROUP BY 1, 2, 3
UNION ALL
SELECT 2 AS branch, CAST(date_trunc('hour', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_crowd_by_area AS r
WHERE r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12
GROUP BY 1, 2, 3;
