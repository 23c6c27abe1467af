-- HT-48 Water lost
-- (Water supplied − water billed) over water supplied.
-- Tile: last_month, 24 buckets of month, compared with year.

-- dataset water_supply
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_62f2c03159 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_27fb1337d7 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.sum_153012fbf8 * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.count_3bebbac66e * 1) AS DOUBLE PRECISION) AS c3
FROM rollup_water_supply_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3
FROM rollup_water_supply_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
