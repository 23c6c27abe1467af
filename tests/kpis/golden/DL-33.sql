-- DL-33 Mean length of stay
-- Guest-nights over guests of the month.
-- Tile: last_month, 13 buckets of month, compared with year.

-- dataset lodging
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_85b1c64995 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_259cb6a6a8 * 1) AS DOUBLE PRECISION) AS c1, CAST(sum(r.sum_149bea4511 * 1) AS DOUBLE PRECISION) AS c2, CAST(sum(r.count_6c0eec93cc * 1) AS DOUBLE PRECISION) AS c3
FROM rollup_lodging_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1, CAST(NULL AS DOUBLE PRECISION) AS c2, CAST(NULL AS DOUBLE PRECISION) AS c3
FROM rollup_lodging_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
