-- DL-38 Concentration of guest markets
-- Squared shares of the market groups in international guests, added (HHI).
-- Tile: last_month, 13 buckets of month, compared with year.

-- dataset lodging
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_808ca7ce93 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_1e276625b8 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.sum_947aaffa40 * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.count_cd4f946abd * 1) AS DOUBLE PRECISION) AS c3, CAST(sum(r.sum_444ec3d138 * 1) AS DOUBLE PRECISION) AS c4, CAST(sum(r.count_1e6a45ffdb * 1) AS DOUBLE PRECISION) AS c5
FROM rollup_lodging_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3, CAST(NULL AS DOUBLE PRECISION) AS c4, CAST(NULL AS DOUBLE PRECISION) AS c5
FROM rollup_lodging_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
