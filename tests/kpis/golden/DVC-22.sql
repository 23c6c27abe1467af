-- DVC-22 Service index for people and businesses
-- Points of the six groups of Decision 766/QĐ-TTg added, out of 100.
-- Tile: month, 12 buckets of month, compared with year.

-- dataset procedure
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' WHEN (r.bucket >= $2 AND r.bucket < $3 OR r.bucket >= $4 AND r.bucket < $5) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.flow_bde465defd * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.flow_57117e9357 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.flow_368e17a1e4 * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.flow_a39bc20d9d * 1) AS DOUBLE PRECISION) AS c3, CAST(sum(r.flow_c85c348340 * 1) AS DOUBLE PRECISION) AS c4, CAST(sum(r.flow_23bb352bea * 1) AS DOUBLE PRECISION) AS c5
FROM rollup_procedure_by_area AS r
WHERE r.bucket < $6
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $7 AND r.bucket < $8 OR r.bucket >= $9 AND r.bucket < $10) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3, CAST(NULL AS DOUBLE PRECISION) AS c4, CAST(NULL AS DOUBLE PRECISION) AS c5
FROM rollup_procedure_by_area AS r
WHERE r.bucket >= $11 AND r.bucket < $12 OR r.bucket >= $13 AND r.bucket < $14
GROUP BY 1, 2, 3;

-- dataset dossier
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket < $1) THEN TIMESTAMP '1900-01-01' WHEN (r.bucket >= $2 AND r.bucket < $3 OR r.bucket >= $4 AND r.bucket < $5) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.count_6325425354 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_9cbe92d514 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.count_8055dcd6c6 * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.flow_079586000f * 1) AS DOUBLE PRECISION) AS c3, CAST(sum(r.count_adf4fed99a * 1) AS DOUBLE PRECISION) AS c4, CAST(sum(r.flow_135960dbf5 * 1) AS DOUBLE PRECISION) AS c5, CAST(sum(r.count_f7eb7423cd * 1) AS DOUBLE PRECISION) AS c6, CAST(sum(r.count_a2d6c30e8b * 1) AS DOUBLE PRECISION) AS c7, CAST(sum(r.count_8e7fdf8ba0 * 1) AS DOUBLE PRECISION) AS c8, CAST(sum(r.count_ff2c4995e9 * 1) AS DOUBLE PRECISION) AS c9, CAST(sum(r.count_7a8fbfb3b9 * 1) AS DOUBLE PRECISION) AS c10, CAST(sum(r.count_8b43e6f64c * 1) AS DOUBLE PRECISION) AS c11, CAST(sum(r.count_00921158a6 * 1) AS DOUBLE PRECISION) AS c12, CAST(sum(r.count_8ba6c0fa2c * 1) AS DOUBLE PRECISION) AS c13
FROM rollup_dossier_by_area AS r
WHERE r.bucket < $6
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $7 AND r.bucket < $8 OR r.bucket >= $9 AND r.bucket < $10) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3, CAST(NULL AS DOUBLE PRECISION) AS c4, CAST(NULL AS DOUBLE PRECISION) AS c5, CAST(NULL AS DOUBLE PRECISION) AS c6, CAST(NULL AS DOUBLE PRECISION) AS c7, CAST(NULL AS DOUBLE PRECISION) AS c8, CAST(NULL AS DOUBLE PRECISION) AS c9, CAST(NULL AS DOUBLE PRECISION) AS c10, CAST(NULL AS DOUBLE PRECISION) AS c11, CAST(NULL AS DOUBLE PRECISION) AS c12, CAST(NULL AS DOUBLE PRECISION) AS c13
FROM rollup_dossier_by_area AS r
WHERE r.bucket >= $11 AND r.bucket < $12 OR r.bucket >= $13 AND r.bucket < $14
GROUP BY 1, 2, 3;

-- dataset citizen_report
SELECT 0 AS branch, CAST(CASE WHEN (r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.count_7a75c33b48 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_5dd578438b * 1) AS DOUBLE PRECISION) AS c1
FROM rollup_citizen_report_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_citizen_report_by_area AS r
WHERE r.bucket >= $13 AND r.bucket < $14 OR r.bucket >= $15 AND r.bucket < $16
GROUP BY 1, 2, 3;
