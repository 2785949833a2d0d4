"""The pipeline one would otherwise write: libvips makes the photo small, MediaPipe's landmarker looks at it; Pillow besides.

Arguments: the landmarker's bundle, a JPEG, how often. Prints one JSON object: the least CPU nanoseconds of each step, and
the most memory in bytes.
"""

import io
import json
import resource
import sys
import time

import mediapipe
import numpy
import pyvips
from mediapipe.tasks.python import BaseOptions, vision
from PIL import Image

bundle, file, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(file, "rb") as opened:
    jpeg = opened.read()
options = vision.FaceLandmarkerOptions(base_options=BaseOptions(model_asset_path=bundle), num_faces=2)
landmarker = vision.FaceLandmarker.create_from_options(options)


def thumbnail():
    small = pyvips.Image.thumbnail_buffer(jpeg, 480, height=640, size="down")
    return numpy.frombuffer(small.write_to_memory(), numpy.uint8).reshape(small.height, small.width, small.bands)


def landmarks(pixels):
    found = landmarker.detect(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=pixels))
    assert len(found.face_landmarks) == 1, "the landmarker does not see one face"


def pillow():
    small = Image.open(io.BytesIO(jpeg)).convert("RGB").resize((480, 640), Image.Resampling.LANCZOS)
    small.save(io.BytesIO(), "JPEG", quality=90, dpi=(300, 300))


def timed(step, *arguments):
    began = time.process_time_ns()
    result = step(*arguments)
    return time.process_time_ns() - began, result


least = {}
for _ in range(rounds):
    vips, pixels = timed(thumbnail)
    seen, _ = timed(landmarks, pixels)
    made, _ = timed(pillow)
    for name, spent in (("libvips", vips), ("landmarker", seen), ("pillow", made)):
        least[name] = min(spent, least.get(name, spent))
landmarker.close()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"steps": least, "peak_bytes": peak}))
