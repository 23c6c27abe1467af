-- DVC-19 Applicants
-- Different people with a dossier received in the period; does not add up over periods.
-- Tile: month, 13 buckets of month, compared with year.

-- dataset dossier
SELECT 0 AS branch, CAST(date_trunc('month', r."received_at") AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(count(DISTINCT r."applicant") FILTER (WHERE true) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_dossier) AS r
WHERE r."received_at" >= $1 AND r."received_at" < $2
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r."received_at") AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(count(DISTINCT r."applicant") FILTER (WHERE true) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_dossier) AS r
WHERE r."received_at" >= $3 AND r."received_at" < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 2 AS branch, CAST(CASE WHEN (r."received_at" >= $5 AND r."received_at" < $6) THEN $5 WHEN (r."received_at" >= $7 AND r."received_at" < $8) THEN $7 END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(count(DISTINCT r."applicant") FILTER (WHERE true) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_dossier) AS r
WHERE r."received_at" >= $5 AND r."received_at" < $6 OR r."received_at" >= $7 AND r."received_at" < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 3 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_dossier_by_area AS r
WHERE r.bucket >= $13 AND r.bucket < $14 OR r.bucket >= $15 AND r.bucket < $16
GROUP BY 1, 2, 3;
