-- MTC-08 Urban green space
-- Green space per inhabitant.
-- Tile: last_year, 4 buckets of year, compared with previous.

-- dataset goal_figure
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_goal_figure_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_75bc6566b0 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_58f71d5da0 * 1) AS DOUBLE PRECISION) AS c1
FROM rollup_goal_figure_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
