"""The server under measurement, as its clients see it. `job` is the JSON object that the scripts are given: the program
`gradphoto`, a portrait, a folder."""

import atexit
import hmac
import http.client
import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
import uuid
from pathlib import Path

job = json.loads(sys.argv[1])
PHONE = "13800000001"
OFFICER = "13900000002"
REVIEWER = "13900000003"
SAMPLE_SECRET = b"gradphoto sample key"
STUDENT = {"document_type": "cn_id", "document_number": "110105200101019018", "level": "msc"}
SCHOOL = "%E5%8C%97%E4%BA%AC%E5%A4%A7%E5%AD%A6%E5%8C%BB%E5%AD%A6%E9%83%A8"
PORTRAIT_FRAME = '{"x":0,"y":0,"width":480,"height":640}'
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
READY_S = 60


class Server:
    """A server's process, which answers on a port of loopback."""

    def __init__(self, command, port, log, environment=None):
        self.port = port
        self.log = log
        with open(log, "wb") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **(environment or {})})
        atexit.register(self.stop)
        self.connection = None
        self.headers = {"Host": f"127.0.0.1:{port}"}
        self.cookies = {}
        self.wait()

    def wait(self):
        until = time.monotonic() + READY_S
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.process.args[0]} did not start:\n{Path(self.log).read_text()}")

    def call(self, method, path, body=None, headers=None):
        """The status, the headers and the body of an answer."""
        if isinstance(body, dict):
            body, headers = json.dumps(body), {"Content-Type": "application/json", **(headers or {})}
        self.connection.request(method, path, body, {**self.headers, **(headers or {})})
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        if self.cookies:
            self.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return answer.status, answer.headers, answer.read()

    def cpu_ns(self):
        """The processor time of all threads that live, in nanoseconds."""
        threads = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


class Visitor(Server):
    """Somebody else who asks a server that runs."""

    def __init__(self, server):
        self.port, self.log, self.process = server.port, server.log, server.process
        self.headers = {name: value for name, value in server.headers.items() if name != "Cookie"}
        self.cookies = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


def free_port():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def told(answer, status):
    """The JSON of an answer that must have this status."""
    if answer[0] != status:
        raise SystemExit(f"{answer[0]} instead of {status}: {answer[2].decode()}")
    return json.loads(answer[2] or "null")


def version(server, document):
    """The current version of an agreement."""
    agreements = told(server.call("GET", "/api/v1/agreements/current"), 200)["agreements"]
    return next(agreement["version"] for agreement in agreements if agreement["document"] == document)


def log_in(server, phone=PHONE):
    """Logs the sample student in, or somebody else."""
    agreed = {"agreement_version": version(server, "service_agreement")}
    sent = told(server.call("POST", "/api/v1/auth/sms-challenges", {"phone": phone, **agreed}), 202)
    code = re.findall(rf"ending in {phone[-4:]} is (\d{{6}})", Path(server.log).read_text())[-1]
    session = {"challenge_id": sent["challenge_id"], "code": code, **agreed}
    told(server.call("POST", "/api/v1/auth/sessions", session), 201)


def log_in_staff(server, phone=OFFICER):
    """Logs the sample officer in, or another of the sample's staff, with the code of the sample authenticator (RFC 4226, RFC 6238)."""
    log_in(server, phone)
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(SAMPLE_SECRET, counter, "sha1")
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    told(server.call("POST", "/api/v1/auth/second-factor", {"code": f"{number % 1_000_000:06}"}), 204)


def framed_portrait():
    """The portrait as the standard wants it."""
    framed = Path(job["folder"]) / "framed.jpg"
    subprocess.run([job["gradphoto"], "photo", "frame", "--output", framed, job["portrait"]], check=True, stdout=subprocess.DEVNULL)
    return framed.read_bytes()


def order(server):
    """Verifies the student, agrees, and hands the portrait in; the order's number and the enrolment's id."""
    schools = told(server.call("GET", f"/api/v1/schools?name={SCHOOL}"), 200)["schools"]
    claim = {"task_id": schools[0]["tasks"][0]["id"], **STUDENT}
    enrolment = told(server.call("POST", "/api/v1/enrolments", claim), 201)["id"]
    consent = {"document": "face_photo", "version": version(server, "face_photo")}
    told(server.call("POST", "/api/v1/me/consents", consent), 204)
    boundary = uuid.uuid4().hex
    upload = "".join(CROCKFORD[byte % 32] for byte in os.urandom(25))
    fields = {"upload_id": f"upl_0{upload}", "frame": PORTRAIT_FRAME}
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="p.jpg"\r\n\r\n'.encode())
    parts += [framed_portrait(), f"\r\n--{boundary}--\r\n".encode()]
    answer = server.call(
        "POST",
        f"/api/v1/enrolments/{enrolment}/photos",
        b"".join(parts),
        {"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    told(answer, 201)
    return told(server.call("GET", "/api/v1/me/orders"), 200)["items"][0]["order_no"], enrolment


def journey(number, enrolment, photo):
    """What a student asks for who comes back."""
    return [
        "/api/v1/agreements/current",
        "/api/v1/me",
        "/api/v1/me/sessions",
        "/api/v1/me/enrolments",
        "/api/v1/me/orders",
        f"/api/v1/orders/{number}",
        f"/api/v1/orders/{number}/payment-status",
        f"/api/v1/schools?name={SCHOOL}",
        f"/api/v1/photos/{photo}",
        f"/api/v1/enrolments/{enrolment}",
    ]


def serve(database, folder, *sample):
    """Ours, with sample data on a new database; `sample` are arguments of their command."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    folder.mkdir(parents=True)
    config = folder / "gradphoto.toml"
    # All students of a measurement come from here.
    config.write_text(f'public_origin = "{origin}"\ncampus_networks = ["127.0.0.0/8"]\n')
    common = ["--data", str(folder), "--config", str(config)] + (["--database", database] if database else [])
    environment = {"GRADPHOTO_RATE_FACTOR": "100000"}
    subprocess.run([job["gradphoto"], "sample-data", *common, *sample], check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    command = [job["gradphoto"], "serve", *common, "--bind", f"127.0.0.1:{port}", "--ops-bind", f"127.0.0.1:{free_port()}"]
    server = Server(command, port, folder / "log", environment)
    server.headers["Origin"] = origin
    return server
