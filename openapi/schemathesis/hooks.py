"""How `cargo xtask test --only schemathesis` logs in, and which of the product's things it calls operations about.

The chore tells by the environment:
GRADPHOTO_URL       where the product answers
GRADPHOTO_SANDBOX   where the sandbox shows the messages that were sent
GRADPHOTO_PORTRAIT  a portrait that passes the automatic checks
GRADPHOTO_CALLER    `student` to call with a session, `nobody` without
"""

import ast
import functools
import json
import os
import random
import threading

import requests
import schemathesis

ORIGIN = os.environ["GRADPHOTO_URL"]
SANDBOX = os.environ["GRADPHOTO_SANDBOX"]
IS_STUDENT = os.environ["GRADPHOTO_CALLER"] == "student"
TIMEOUT_S = 60

# Sample students of `gradphoto sample-data`. The second one is logged out by the tests.
STUDENT = {"phone": "13800000001", "document_number": "110105200101019018", "level": "msc"}
LOGGED_OUT = "13800000014"

# Hypothesis parses source files to describe strategies, in both workers at once, at which CPython 3.11 now and then fails
# ("AST constructor recursion depth mismatch", https://github.com/python/cpython/issues/106905): one after the other.
AST_LOCK = threading.Lock()


def one_after_the_other(work):
    """The same function, which one thread at a time can be in."""

    @functools.wraps(work)
    def locked(*arguments, **options):
        with AST_LOCK:
            return work(*arguments, **options)

    return locked


ast.parse = one_after_the_other(ast.parse)


class Browser:
    """A logged-in caller. Cookies are kept by hand, since the product marks them as secure and the tests use plain HTTP."""

    def __init__(self, phone):
        self.cookies = {}
        agreements = self.send("GET", "/agreements/current")["agreements"]
        self.versions = {agreement["document"]: agreement["version"] for agreement in agreements}
        agreement = {"agreement_version": self.versions["service_agreement"]}
        challenge = self.send("POST", "/auth/sms-challenges", json={"phone": phone, **agreement})
        inbox = requests.get(f"{SANDBOX}/inbox.json", params={"phone": phone}, timeout=TIMEOUT_S).json()
        code = next(m["parameters"]["code"] for m in inbox["messages"] if m["parameters"].get("code"))
        self.send("POST", "/auth/sessions", json={"challenge_id": challenge["challenge_id"], "code": code, **agreement})

    @property
    def cookie(self):
        """The session alone: exchanging the refresh token twice would end it."""
        return f"__Host-access={self.cookies.get('__Host-access', '')}"

    def send(self, method, path, **body):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Origin": ORIGIN, "Cookie": cookies}
        answer = requests.request(method, f"{ORIGIN}/api/v1{path}", headers=headers, timeout=TIMEOUT_S, **body)
        answer.raise_for_status()
        self.cookies.update({cookie.name: cookie.value for cookie in answer.cookies})
        return answer.json() if answer.content else None


def journey(browser):
    """Hands in a photo; gives the ids of all that the student has then, by the name of the path parameter."""
    schools = browser.send("GET", "/schools?name=北医")["schools"]
    task = next(task for task in schools[0]["tasks"] if task["availability"] == "open")
    claim = {"document_type": "cn_id", "document_number": STUDENT["document_number"], "level": STUDENT["level"]}
    # A task may ask for more than document and level.
    proofs = {"name": "张晓明"}
    claim |= {proof: value for proof, value in proofs.items() if proof in task["extra_proofs"]}
    enrolment = browser.send("POST", "/enrolments", json={"task_id": task["id"], **claim})
    consent = {"document": "face_photo", "version": browser.versions["face_photo"]}
    browser.send("POST", "/me/consents", json=consent)
    with open(os.environ["GRADPHOTO_PORTRAIT"], "rb") as portrait:
        image = portrait.read()
    # The note brings the photo before a person, whatever the automatic check says of this frame.
    note = "The frame was chosen by a test."
    form = {"upload_id": "upl_01k9b3m0v8f7wq2d5e6h4t1xyz", "frame": json.dumps(frame_of(image)), "note": note}
    path = f"/enrolments/{enrolment['id']}/photos"
    photo = browser.send("POST", path, data=form, files={"image": ("photo.jpg", image, "image/jpeg")})
    return {
        "task_id": task["id"],
        "enrolment_id": enrolment["id"],
        "photo_id": photo["id"],
        "order_no": photo["order_no"],
        "document": "face_photo",
    }


def frame_of(image):
    """The largest frame of 3:4 in the middle of a JPEG file, moved to its top."""
    at = 2
    while not (image[at + 1] in (0xC0, 0xC1, 0xC2)):
        at += 2 + int.from_bytes(image[at + 2 : at + 4], "big")
    height, width = (int.from_bytes(image[at + 5 + i : at + 7 + i], "big") for i in (0, 2))
    side = min(width // 3, height // 4)
    return {"x": (width - side * 3) // 2, "y": 0, "width": side * 3, "height": side * 4}


if IS_STUDENT:
    browser = Browser(STUDENT["phone"])
    logged_out = Browser(LOGGED_OUT)
    THINGS = journey(browser)

    @schemathesis.auth(refresh_interval=None)
    class Session:
        """Sends the cookies of the student; logging out is tried by another one."""

        def get(self, case, context):
            is_logging_out = case.operation.definition.raw.get("operationId") == "delete_session"
            return (logged_out if is_logging_out else browser).cookie

        def set(self, case, data, context):
            case.headers = case.headers or {}
            case.headers["Cookie"] = data
            case.headers["Origin"] = ORIGIN

    @schemathesis.hook
    def map_path_parameters(context, path_parameters):
        """Every second call is about something that is there."""
        if path_parameters and random.random() < 0.5:
            path_parameters = {name: THINGS.get(name, value) for name, value in path_parameters.items()}
        return path_parameters
