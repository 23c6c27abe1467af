-- DL-44 Occupancy of the year
-- As published; of a year not yet published rooms sold over rooms available.
-- Tile: last_year, 4 buckets of year, compared with previous.

-- dataset published
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_published_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_83958ff66a * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_124915c20c * 1) AS DOUBLE PRECISION) AS c1
FROM rollup_published_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;

-- dataset room
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3
FROM rollup_room_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_5fda2eed65 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_96f96caab3 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.sum_ea30ec3e6b * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.count_7fb6ddc94c * 1) AS DOUBLE PRECISION) AS c3
FROM rollup_room_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
