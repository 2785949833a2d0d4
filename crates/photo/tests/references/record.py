"""Records what Google's own runtimes make of a known input, for the test of our interpreter.

    pip install ai-edge-litert==2.3.0 numpy mediapipe==0.10.14
    python record.py FOLDER_WITH_MODELS > outputs.csv

The segmentation model has an operation of MediaPipe's own, which LiteRT does not know; MediaPipe runs that one.
"""

import sys

import numpy as np

NETWORKS = ["face_detection_short_range", "face_detection_full_range", "face_landmark", "iris_landmark"]
SAMPLES = 24


def noise(count):
    """Numbers between 0 and 1 from a linear congruential generator."""
    state, values = 1, np.empty(count, np.float32)
    for index in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values[index] = np.float32(state >> 8) / np.float32(2**24)
    return values


def drawing(side=256):
    """A head and shoulders in whole numbers."""
    image = np.empty((side, side, 3), np.uint8)
    for y in range(side):
        for x in range(side):
            across, down = x - 128, y - 110
            if across * across * 4 + down * down * 2 < 10000:
                image[y, x] = (220, 180, 160)
            elif across * across + (y - 256) ** 2 < 8100:
                image[y, x] = (60, 60, 70)
            else:
                image[y, x] = (100, 197, 255)
    return image


def write(network, output, values):
    values = np.asarray(values, np.float32).ravel()
    for position in np.linspace(0, len(values) - 1, min(SAMPLES, len(values))).astype(int):
        print(f"{network},{output},{position},{float(values[position])!r}")


def main(folder):
    from ai_edge_litert.interpreter import Interpreter

    for network in NETWORKS:
        interpreter = Interpreter(f"{folder}/{network}.tflite", num_threads=1)
        interpreter.allocate_tensors()
        (entry,) = interpreter.get_input_details()
        interpreter.set_tensor(entry["index"], noise(np.prod(entry["shape"])).reshape(entry["shape"]))
        interpreter.invoke()
        for output, details in enumerate(interpreter.get_output_details()):
            write(network, output, interpreter.get_tensor(details["index"]))

    import mediapipe

    with mediapipe.solutions.selfie_segmentation.SelfieSegmentation(model_selection=0) as model:
        write("selfie_segmentation", 0, model.process(drawing()).segmentation_mask)


main(*sys.argv[1:])
