"""Students on their way from the first text message to the paid order, and what was acknowledged to them on it."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import random
import re
import threading
import time
import urllib.parse
from pathlib import Path

from parts import job

SCHOOL = "北京大学医学部"
OFFICER = "13900000002"
TOTP_SECRET = b"gradphoto sample key"
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
FRAME = '{"x":0,"y":0,"width":480,"height":640}'
PATIENCE_S = 90
"""How long a student goes on trying a step, as people do who are told to try again."""
PAUSE_S = 1.0
PHOTO = Path(job["photo"]).read_bytes()


class GaveUp(Exception):
    """A step did not succeed."""


def call(port, method, path, body=None, headers=None, source="127.0.0.1"):
    """The status, the headers and the body of an answer on a connection of its own; status 0 where none came."""
    if isinstance(body, (dict, list)):
        body, headers = json.dumps(body), {"Content-Type": "application/json", **(headers or {})}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=70, source_address=(source, 0))
    try:
        connection.request(method, path, body, {"Connection": "close", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    except (OSError, http.client.HTTPException) as error:
        return 0, {}, repr(error).encode()
    finally:
        connection.close()


def sandbox(path, body=None):
    """What the pretend providers say; None where they refuse."""
    address = urllib.parse.urlsplit(job["pages"])
    status, _, text = call(address.port, "GET" if body is None else "POST", path, body)
    return json.loads(text or b"null") if status < 300 else None


class Log:
    """What came of every request, by phase."""

    def __init__(self):
        self.lock, self.phase, self.rows = threading.Lock(), "before", []

    def note(self, what, status, seconds):
        with self.lock:
            self.rows.append((self.phase, what, status, seconds))

    def of(self, phase):
        with self.lock:
            return [row[1:] for row in self.rows if row[0] == phase]


class Browser:
    """A person's browser: cookies, an address of its own."""

    def __init__(self, log, number):
        self.log, self.cookies = log, {}
        self.source = f"127.1.{number // 250}.{number % 250 + 1}"

    def send(self, what, method, path, body=None, headers=None):
        origin = {} if method == "GET" else {"Origin": f"http://127.0.0.1:{job['port']}"}
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        began = time.monotonic()
        status, answered, text = call(job["port"], method, path, body, {**origin, **cookies, **(headers or {})}, self.source)
        self.log.note(what, status, time.monotonic() - began)
        for cookie in answered.get_all("Set-Cookie", []) if answered else []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return status, text

    def until(self, what, wanted, method, path, body=None, headers=None):
        """Sends a request until it succeeds, as people do who are told to try again. Returns its JSON."""
        end = time.monotonic() + PATIENCE_S
        while True:
            status, text = self.send(what, method, path, body, headers)
            if status in wanted:
                return json.loads(text) if text[:1] in (b"{", b"[") else text
            if status == 422 and b"captcha_required" in text and isinstance(body, dict):
                body = {**body, "captcha_token": self.captcha_token()}
            elif status == 409 and b"request.in_progress" in text:
                # A copy that was killed or cut off may have begun; its key is free again in a moment.
                time.sleep(PAUSE_S)
            elif status == 401 and what != "refresh":
                self.until("refresh", (204,), "POST", "/api/v1/auth/sessions/refresh")
            elif (0 < status < 500 and status not in (408, 429)) or time.monotonic() > end:
                raise GaveUp(f"{what}: {status} {text[:300].decode(errors='replace')}")
            else:
                time.sleep(PAUSE_S * random.uniform(0.5, 1.5))

    def log_in(self, phone):
        agreed = {"agreement_version": self.version("service_agreement")}
        sent = self.until("code", (202,), "POST", "/api/v1/auth/sms-challenges", {"phone": phone, **agreed})
        # The newest is the first; each service has another name for the code.
        texts = [message["text"] for message in sandbox(f"/inbox.json?phone={phone}")["messages"]]
        found = re.search(r"\d{6}", texts[0]) if texts else None
        if not found:
            raise GaveUp(f"no code came to {phone}, but {texts}")
        code = found.group()
        self.until("login", (201,), "POST", "/api/v1/auth/sessions", {"challenge_id": sent["challenge_id"], "code": code, **agreed})

    def captcha_token(self):
        """Solves a challenge, as the page does."""
        challenge = self.until("captcha", (200,), "GET", "/api/v1/auth/captcha-challenge")
        start = hashlib.sha256(challenge["salt"].encode())
        for number in range(challenge["maxnumber"] + 1):
            tried = start.copy()
            tried.update(str(number).encode())
            if tried.hexdigest() == challenge["challenge"]:
                break
        solved = {name: challenge[name] for name in ("algorithm", "challenge", "salt", "signature")}
        return base64.b64encode(json.dumps({**solved, "number": number}).encode()).decode()

    def version(self, document):
        agreements = self.until("agreements", (200,), "GET", "/api/v1/agreements/current")["agreements"]
        return next(one["version"] for one in agreements if one["document"] == document)


def person(number):
    """An invented student: phone, document number, name, student number."""
    digits = f"110105{1999 + number % 5}{number % 12 + 1:02}{number % 28 + 1:02}{number % 1000:03}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights)) % 11]
    return f"137{number + 10_000_000:08}", digits + check, f"测试{chr(0x4E00 + number)}", f"23109{number:05}"


def roster(count):
    """A file of so many students."""
    lines = ["姓名,证件号码,学历层次,学号"]
    for number in range(count):
        _, document, name, student_no = person(number)
        lines.append(f"{name},{document},硕士,{student_no}")
    return "\n".join(lines).encode()


def authenticator():
    step = int(time.time()) // 30
    digest = hmac.new(TOTP_SECRET, step.to_bytes(8, "big"), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place:place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def the_task(browser):
    found = browser.until("schools", (200,), "GET", f"/api/v1/schools?name={urllib.parse.quote(SCHOOL)}")
    return found["schools"][0]["tasks"][0]["id"]


def import_roster(log, count):
    """The school's officer imports the students. Returns the task's id."""
    officer = Browser(log, 60_000)
    officer.log_in(OFFICER)
    officer.until("second factor", (200, 204), "POST", "/api/v1/auth/second-factor", {"code": authenticator()})
    task = the_task(officer)
    begun = officer.until("roster", (201,), "POST", f"/api/v1/tasks/{task}/roster-imports", roster(count), {"Content-Type": "text/csv"})
    path = f"/api/v1/roster-imports/{begun['id']}"
    for wanted, action in (("checked", "/start"), ("imported", None)):
        for _ in range(600):
            state = officer.until("roster", (200,), "GET", path)["state"]
            if state == wanted:
                break
            time.sleep(0.2)
        else:
            raise SystemExit(f"the roster is {state}, not {wanted}")
        if action:
            officer.until("roster", (200,), "POST", path + action, {})
    return task


class Student:
    """One of them. `known` holds what was acknowledged."""

    def __init__(self, log, task, number):
        self.browser, self.task, self.number, self.known = Browser(log, number), task, number, {}

    def live(self, pause):
        """The whole way; `pause` is called between its steps."""
        browser, known = self.browser, self.known
        phone, document, name, student_no = person(self.number)
        browser.log_in(phone)
        known["account"] = browser.until("me", (200,), "GET", "/api/v1/me")["id"]
        pause()
        claim = {"task_id": self.task, "document_type": "cn_id", "document_number": document, "level": "msc", "name": name, "student_no": student_no}
        known["enrolment"] = browser.until("verify", (201,), "POST", "/api/v1/enrolments", claim)["id"]
        consent = {"document": "face_photo", "version": browser.version("face_photo")}
        browser.until("consent", (204,), "POST", "/api/v1/me/consents", consent)
        pause()
        self.submit()
        pause()
        self.change("first")
        self.pay(pause)
        for path in ("/me/enrolments", "/me/orders", f"/orders/{known['order']}"):
            browser.until("read", (200,), "GET", "/api/v1" + path)
            pause()
        self.change("second")

    def submit(self):
        boundary = f"part{self.number}"
        upload = "upl_0" + "".join(CROCKFORD[byte % 32] for byte in os.urandom(25))
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in (("upload_id", upload), ("frame", FRAME))
        ]
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="p.jpg"\r\n\r\n'.encode())
        parts += [PHOTO, f"\r\n--{boundary}--\r\n".encode()]
        path = f"/api/v1/enrolments/{self.known['enrolment']}/photos"
        form = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        photo = self.browser.until("photo", (201,), "POST", path, b"".join(parts), form)
        self.known |= {"photo": photo["id"], "order": photo["order_no"]}

    def change(self, address):
        """Changes the account's address; somebody else's version is read again."""
        for _ in range(5):
            me = self.browser.until("me", (200,), "GET", "/api/v1/me")
            change = {"language": "zh-CN", "email": "", "address": f"{address} {self.number}", "version": me["version"]}
            try:
                self.browser.until("change", (200,), "PATCH", "/api/v1/me", change)
            except GaveUp:
                # One that was done without being acknowledged changed the version.
                continue
            self.known["address"] = change["address"]
            return

    def pay(self, pause):
        order = self.known["order"]
        provider = ("wechat_pay", "alipay")[self.number % 2]
        key = {"Idempotency-Key": f"key-{self.number}-{provider}"}
        begun = self.browser.until("pay", (201,), "POST", f"/api/v1/orders/{order}/payments", {"provider": provider}, key)
        pause()
        cashier(begun["sandbox_cashier_url"])
        self.known["paid"] = True
        end = time.monotonic() + PATIENCE_S
        path = f"/api/v1/orders/{order}/payment-status"
        while self.browser.until("paid?", (200,), "GET", path)["status"] != "paid":
            if time.monotonic() > end:
                raise GaveUp(f"{order} was paid and is not shown so")
            time.sleep(PAUSE_S)


def cashier(address):
    """Pays on the provider's page."""
    parts = urllib.parse.urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    status, headers, _ = call(parts.port, "GET", path)
    if status == 303:
        path = headers["Location"]
    path = urllib.parse.urlsplit(path).path
    # Opening the page is the scan of the code.
    call(parts.port, "GET", path)
    status, _, text = call(parts.port, "POST", f"{path}/pay")
    if status != 303:
        raise GaveUp(f"the cashier: {status} {text[:200]}")
