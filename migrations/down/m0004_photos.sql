DROP TABLE photo_checks;
DROP TABLE photos;
