UPDATE known_photos SET crop = '{"x": 0, "y": 0, "width": 480, "height": 640}';
UPDATE seeded_items SET framing = '{"original": null, "framed": "d", "thumb": "e", "crop": {"x": 0, "y": 0, "width": 480, "height": 640}, "verdict": {"outcome": "pass", "findings": []}, "framed_at": "2026-04-20T01:30:00Z"}';
