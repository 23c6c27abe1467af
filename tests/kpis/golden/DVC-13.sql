-- DVC-13 Median handling time of reports
-- Hours not exceeded by half of the reports closed in the period.
-- Tile: month, 13 buckets of month, compared with year.

-- dataset citizen_report
SELECT 0 AS branch, CAST(date_trunc('month', r."closed_at") AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(quantile_cont(r."handling_hours", 0.5) FILTER (WHERE r."handling_hours" IS NOT NULL) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_citizen_report) AS r
WHERE r."closed_at" >= $1 AND r."closed_at" < $2
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r."closed_at") AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(quantile_cont(r."handling_hours", 0.5) FILTER (WHERE r."handling_hours" IS NOT NULL) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_citizen_report) AS r
WHERE r."closed_at" >= $3 AND r."closed_at" < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 2 AS branch, CAST(CASE WHEN (r."closed_at" >= $5 AND r."closed_at" < $6) THEN $5 WHEN (r."closed_at" >= $7 AND r."closed_at" < $8) THEN $7 END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(quantile_cont(r."handling_hours", 0.5) FILTER (WHERE r."handling_hours" IS NOT NULL) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_citizen_report) AS r
WHERE r."closed_at" >= $5 AND r."closed_at" < $6 OR r."closed_at" >= $7 AND r."closed_at" < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 3 AS branch, CAST(CASE WHEN (r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12) THEN r.bucket ELSE date_trunc('month', r.bucket) END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_citizen_report_by_area AS r
WHERE r.bucket >= $13 AND r.bucket < $14 OR r.bucket >= $15 AND r.bucket < $16
GROUP BY 1, 2, 3;
