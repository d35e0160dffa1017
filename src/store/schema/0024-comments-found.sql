-- Comments are found by their words (core/search.h): where there are some, the index is made again.
INSERT INTO job (kind, payload, run_at) SELECT 'reindex', '{}', 0 WHERE EXISTS (SELECT 1 FROM record WHERE about IS NOT NULL);
