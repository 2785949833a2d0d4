DROP INDEX photo_reviews_stage;
ALTER TABLE photo_reviews DROP COLUMN findings_hidden;
ALTER TABLE photo_reviews DROP COLUMN look;
ALTER TABLE review_queue DROP COLUMN look;
ALTER TABLE review_queue DROP COLUMN is_sampled;
