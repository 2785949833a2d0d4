-- Second looks: which photos of the queue belong to the share, which look is next, and whether a reviewer saw the findings.
ALTER TABLE review_queue ADD COLUMN is_sampled boolean NOT NULL DEFAULT FALSE;
ALTER TABLE review_queue ADD COLUMN look integer NOT NULL DEFAULT 1;
ALTER TABLE photo_reviews ADD COLUMN look integer NOT NULL DEFAULT 1;
ALTER TABLE photo_reviews ADD COLUMN findings_hidden boolean NOT NULL DEFAULT FALSE;
-- Who reviewed for a stage lately.
CREATE INDEX photo_reviews_stage ON photo_reviews (stage, decided_at);
