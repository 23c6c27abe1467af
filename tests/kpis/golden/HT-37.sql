-- HT-37 Points flooded now
-- Points on streets still flooded on the command's map.
-- Tile: now, 60 buckets of day, compared with none.

-- dataset flooded_point
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' WHEN (r.bucket >= $2 AND r.bucket < $3 OR r.bucket >= $4 AND r.bucket < $5) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.flow_3675c3bd8e * 1) AS DOUBLE PRECISION) AS c0
FROM rollup_flooded_point_by_area AS r
WHERE r.bucket < $6
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $7 AND r.bucket < $8 OR r.bucket >= $9 AND r.bucket < $10) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_flooded_point_by_area AS r
WHERE r.bucket >= $11 AND r.bucket < $12
GROUP BY 1, 2, 3;
