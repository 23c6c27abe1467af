-- DVC-24 766 group 2: Progress of handling
-- Points of group 2 (progress of handling) of Decision 766/QĐ-TTg, 20 at most.
-- Tile: month, 12 buckets of month, compared with year.

-- dataset dossier
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' WHEN (r.bucket >= $2 AND r.bucket < $3 OR r.bucket >= $4 AND r.bucket < $5) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.count_8055dcd6c6 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.flow_079586000f * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.count_adf4fed99a * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.flow_135960dbf5 * 1) AS DOUBLE PRECISION) AS c3
FROM rollup_dossier_by_area AS r
WHERE r.bucket < $6
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $7 AND r.bucket < $8 OR r.bucket >= $9 AND r.bucket < $10) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3
FROM rollup_dossier_by_area AS r
WHERE r.bucket >= $11 AND r.bucket < $12 OR r.bucket >= $13 AND r.bucket < $14
GROUP BY 1, 2, 3;
