-- The difference hash of each photo in sixteen parts, by which nearly identical ones of a school are found.
CREATE TABLE picture_bands (
    photo_id uuid NOT NULL REFERENCES photos (id),
    band integer NOT NULL CHECK (band BETWEEN 0 AND 15),
    value integer NOT NULL CHECK (value BETWEEN 0 AND 65535),
    school_id uuid NOT NULL REFERENCES schools (id),
    PRIMARY KEY (photo_id, band)
);
CREATE INDEX picture_bands_value ON picture_bands (school_id, band, value, photo_id);
-- The same file under another student.
CREATE INDEX photos_file ON photos (school_id, original_sha256);
