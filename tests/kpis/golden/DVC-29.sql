-- DVC-29 Procedures with a full online process
-- Procedures offered online in full over all procedures in force.
-- Tile: now, 60 buckets of day, compared with previous.

-- dataset procedure
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.flow_d208d8f38f * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.flow_57117e9357 * 1) AS DOUBLE PRECISION) AS c1
FROM rollup_procedure_by_area AS r
WHERE r.bucket < $2
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('day', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_procedure_by_area AS r
WHERE r.bucket >= $3 AND r.bucket < $4 OR r.bucket >= $5 AND r.bucket < $6
GROUP BY 1, 2, 3;
