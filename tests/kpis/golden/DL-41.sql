-- DL-41 International share of the year
-- International over all published arrivals of the year.
-- Tile: last_year, 8 buckets of year, compared with previous.

-- dataset published
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_cf189b2339 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_c350eaccb7 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.sum_aaeccae65e * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.count_bd90dbee01 * 1) AS DOUBLE PRECISION) AS c3
FROM rollup_published_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3
FROM rollup_published_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
