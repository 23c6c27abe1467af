-- MT-01 Air quality index VN_AQI
-- Hourly VN_AQI (QĐ 1459/QĐ-TCMT): the highest index of any pollutant; dust by the 12-hour NowCast, gases by the hour, mean of the stations.
-- Tile: now, 24 buckets of hour, compared with none.

-- dataset air
SELECT 0 AS branch, CAST(date_trunc('hour', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_feceeaafb3 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_bde6682468 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.sum_fa50547fc8 * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.count_dec4332554 * 1) AS DOUBLE PRECISION) AS c3, CAST(sum(r.sum_3bc832caf4 * 1) AS DOUBLE PRECISION) AS c4, CAST(sum(r.count_10a864ed1f * 1) AS DOUBLE PRECISION) AS c5, CAST(sum(r.sum_bdc9e6f4cd * 1) AS DOUBLE PRECISION) AS c6, CAST(sum(r.count_36d3849d43 * 1) AS DOUBLE PRECISION) AS c7, CAST(sum(r.sum_58e17f8dff * 1) AS DOUBLE PRECISION) AS c8, CAST(sum(r.count_4254cd6a96 * 1) AS DOUBLE PRECISION) AS c9, CAST(sum(r.sum_9b2755ee3f * 1) AS DOUBLE PRECISION) AS c10, CAST(sum(r.count_cb35a78973 * 1) AS DOUBLE PRECISION) AS c11
FROM rollup_air_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('hour', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3, CAST(NULL AS DOUBLE PRECISION) AS c4, CAST(NULL AS DOUBLE PRECISION) AS c5, CAST(NULL AS DOUBLE PRECISION) AS c6, CAST(NULL AS DOUBLE PRECISION) AS c7, CAST(NULL AS DOUBLE PRECISION) AS c8, CAST(NULL AS DOUBLE PRECISION) AS c9, CAST(NULL AS DOUBLE PRECISION) AS c10, CAST(NULL AS DOUBLE PRECISION) AS c11
FROM rollup_air_by_area AS r
WHERE r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3;
