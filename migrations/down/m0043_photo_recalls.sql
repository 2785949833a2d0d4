DROP TABLE photo_recalls;
