-- VH-04 Craft villages active
-- Craft villages with artisans at work in the month.
-- Tile: last_month, 13 buckets of month, compared with year.

-- dataset craft_village
SELECT 0 AS branch, CAST(date_trunc('month', r."month") AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(count(DISTINCT r."village") FILTER (WHERE artisans > 0) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_craft_village) AS r
WHERE r."month" >= $1 AND r."month" < $2
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r."month") AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(count(DISTINCT r."village") FILTER (WHERE artisans > 0) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_craft_village) AS r
WHERE r."month" >= $3 AND r."month" < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 2 AS branch, CAST(CASE WHEN (r."month" >= $5 AND r."month" < $6) THEN $5 WHEN (r."month" >= $7 AND r."month" < $8) THEN $7 END AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(count(DISTINCT r."village") FILTER (WHERE artisans > 0) AS DOUBLE PRECISION) AS c0
FROM (SELECT * FROM current_craft_village) AS r
WHERE r."month" >= $5 AND r."month" < $6 OR r."month" >= $7 AND r."month" < $8
GROUP BY 1, 2, 3
UNION ALL
SELECT 3 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0
FROM rollup_craft_village_by_area AS r
WHERE r.bucket >= $9 AND r.bucket < $10 OR r.bucket >= $11 AND r.bucket < $12
GROUP BY 1, 2, 3;
