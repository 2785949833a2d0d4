"""From a key to the first accepted photo, and the check of a webhook. Needs Python 3.9 and nothing else, and GRADPHOTO,
CLIENT_ID and CLIENT_SECRET in the environment."""

import base64
import hashlib
import hmac
import json
import os
import time
import urllib.parse
import urllib.request

ORIGIN = os.environ["GRADPHOTO"]


def access_token():
    """A token of ten minutes (RFC 6749, 4.4)."""
    key = f"{os.environ['CLIENT_ID']}:{os.environ['CLIENT_SECRET']}".encode()
    request = urllib.request.Request(
        f"{ORIGIN}/oauth/token",
        data=urllib.parse.urlencode({"grant_type": "client_credentials"}).encode(),
        headers={"Authorization": "Basic " + base64.b64encode(key).decode()},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["access_token"]


def get(path, token):
    """The body of an answer, as bytes."""
    request = urllib.request.Request(ORIGIN + path, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def pages(path, token):
    """Every item of a list, page after page."""
    after = ""
    while after is not None:
        page = json.loads(get(path + after, token))
        yield from page["items"]
        after = page["next"] and f"&after={urllib.parse.quote(page['next'])}"


def is_from_gradphoto(secret, headers, body, now=None):
    """Whether a webhook is to be believed: its signature over the raw body, and its age (Standard Webhooks)."""
    identity, at = headers["webhook-id"], headers["webhook-timestamp"]
    if abs((now or time.time()) - int(at)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    made = hmac.new(key, f"{identity}.{at}.".encode() + body, hashlib.sha256).digest()
    wanted = "v1," + base64.b64encode(made).decode()
    signatures = headers["webhook-signature"].split(" ")
    return any(hmac.compare_digest(wanted, signature) for signature in signatures)


def main():
    token = access_token()
    school = next(pages("/api/v1/staff/schools?limit=1", token))
    task = next(pages(f"/api/v1/schools/{school['id']}/tasks?limit=1", token))
    photo = next(pages(f"/api/v1/tasks/{task['id']}/photos?state=approved&limit=1", token))
    picture = get(f"/api/v1/tasks/{task['id']}/photos/{photo['id']}/image", token)
    assert hashlib.sha256(picture).hexdigest() == photo["sha256"], "not what was announced"
    with open("photo.jpg", "wb") as file:
        file.write(picture)
    print(photo["student"]["name"])


if __name__ == "__main__":
    # The example of the specification.
    example = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert is_from_gradphoto(secret, example, b'{"test": 2432232314}', now=1614265330)
    assert not is_from_gradphoto(secret, example, b"{}", now=1614265330)
    main()
