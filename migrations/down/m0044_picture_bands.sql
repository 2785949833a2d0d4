DROP INDEX photos_file;
DROP TABLE picture_bands;
