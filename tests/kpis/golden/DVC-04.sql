-- DVC-04 Open dossiers
-- Dossiers received and not yet returned at the moment shown.
-- Tile: now, 30 buckets of day, compared with previous.

-- dataset dossier
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' WHEN (r.bucket >= $2 AND r.bucket < $3 OR r.bucket >= $4 AND r.bucket < $5 OR r.bucket >= $6 AND r.bucket < $7) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.flow_135960dbf5 * 1) AS DOUBLE PRECISION) AS c0
FROM rollup_dossier_by_area AS r
WHERE r.bucket < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12 OR r.bucket >= $13 AND r.bucket < $14) THEN r.bucket ELSE date_trunc('day', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_dossier_by_area AS r
WHERE r.bucket >= $15 AND r.bucket < $16 OR r.bucket >= $17 AND r.bucket < $18
GROUP BY 1, 2, 3;
