DROP TABLE photo_reviews;
DROP TABLE review_queue;
ALTER TABLE photos DROP COLUMN review_note_sealed;
