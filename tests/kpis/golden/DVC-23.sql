-- DVC-23 766 group 1: Openness and transparency
-- Points of group 1 (openness and transparency) of Decision 766/QĐ-TTg, 18 at most.
-- Tile: month, 12 buckets of month, compared with year.

-- dataset procedure
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' WHEN (r.bucket >= $2 AND r.bucket < $3 OR r.bucket >= $4 AND r.bucket < $5) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.flow_bde465defd * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.flow_57117e9357 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.flow_368e17a1e4 * 1) AS DOUBLE PRECISION) AS c2
FROM rollup_procedure_by_area AS r
WHERE r.bucket < $6
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $7 AND r.bucket < $8 OR r.bucket >= $9 AND r.bucket < $10) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2
FROM rollup_procedure_by_area AS r
WHERE r.bucket >= $11 AND r.bucket < $12 OR r.bucket >= $13 AND r.bucket < $14
GROUP BY 1, 2, 3;

-- dataset dossier
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.count_6325425354 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_9cbe92d514 * 1) AS DOUBLE PRECISION) AS c1
FROM rollup_dossier_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_dossier_by_area AS r
WHERE r.bucket >= $13 AND r.bucket < $14 OR r.bucket >= $15 AND r.bucket < $16
GROUP BY 1, 2, 3;
