DROP TABLE delivery_photos;
DROP TABLE deliveries;
