UPDATE photo_reviews SET look = 2;
