-- MT-05 Wastewater treated to the standard
-- Wastewater treated to the standard over the inflow of the works in the period.
-- Tile: month, 30 buckets of day, compared with previous.

-- dataset wastewater
SELECT 0 AS branch, CAST(date_trunc('day', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_eefbfa7ef5 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.sum_cad55b4b46 * 1) AS DOUBLE PRECISION) AS c1
FROM rollup_wastewater_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('day', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_wastewater_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
