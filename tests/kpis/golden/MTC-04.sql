-- MTC-04 Officials with an electronic identity
-- Officials with an electronic identity over all.
-- Tile: last_year, 4 buckets of year, compared with previous.

-- dataset goal_figure
SELECT 0 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.rows) AS DOUBLE PRECISION) AS c0, CAST(NULL AS DOUBLE PRECISION) AS c1
FROM rollup_goal_figure_by_area AS r
WHERE r.bucket >= $1 AND r.bucket < $2 OR r.bucket >= $3 AND r.bucket < $4
GROUP BY 1, 2, 3
UNION ALL
SELECT 1 AS branch, CAST(date_trunc('month', r.bucket) AS TIMESTAMP WITHOUT TIME ZONE) AS bucket, CAST(NULL AS VARCHAR) AS part, CAST(sum(r.sum_faf0c92259 * 1) AS DOUBLE PRECISION) AS c0, CAST(sum(r.count_f164473ca6 * 1) AS DOUBLE PRECISION) AS c1
FROM rollup_goal_figure_by_area AS r
WHERE r.bucket >= $5 AND r.bucket < $6 OR r.bucket >= $7 AND r.bucket < $8
GROUP BY 1, 2, 3;
