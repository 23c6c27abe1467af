-- DVC-28 766 group 6: Digitisation
-- Points of group 6 (digitisation) of Decision 766/QĐ-TTg, 22 at most.
-- Tile: month, 12 buckets of month, compared with year.

-- dataset dossier
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.count_8b43e6f64c * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_adf4fed99a * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.count_00921158a6 * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.count_9cbe92d514 * 1) AS DOUBLE PRECISION) AS c3, CAST(sum(r.count_8ba6c0fa2c * 1) AS DOUBLE PRECISION) AS c4
FROM rollup_dossier_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3, CAST(NULL AS DOUBLE PRECISION) AS c4
FROM rollup_dossier_by_area AS r
WHERE r.bucket >= $13 AND r.bucket < $14 OR r.bucket >= $15 AND r.bucket < $16
GROUP BY 1, 2, 3;
