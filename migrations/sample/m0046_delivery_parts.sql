UPDATE deliveries SET parts = '[{"bytes":1000,"sha256":"00"},{"bytes":24,"sha256":"11"}]';
