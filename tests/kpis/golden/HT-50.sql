-- HT-50 Households on the water network
-- Households connected to the water network over all households.
-- Tile: last_month, 24 buckets of month, compared with year.

-- dataset water_supply
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_a815d0a92e * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_82134a2bea * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.sum_3dc674fda3 * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.count_241d0af0e6 * 1) AS DOUBLE PRECISION) AS c3
FROM rollup_water_supply_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3
FROM rollup_water_supply_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
