"""The processes of an installation: PostgreSQL and its standby, an S3-compatible store, nginx, copies of the server. Each ends
with this script."""

import atexit
import ctypes
import http.client
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

job = json.loads(sys.argv[1])
FOLDER = Path(job["folder"])
READY_S = 60
PR_SET_PDEATHSIG = 1
RATE_FACTOR = "1000"
"""So many times as many requests are allowed as in production: every student comes from an address of its own, but sooner
than people would."""


def free_port():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def is_open(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def wait_until(is_true, what, seconds=READY_S):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_true():
            return
        time.sleep(0.05)
    raise SystemExit(f"{what}: not after {seconds} s")


class Process:
    """A program beside us. Its output goes to a file."""

    def __init__(self, name, command, environment=None, user=None):
        self.name, self.command, self.user = name, [str(word) for word in command], user
        self.environment = {**os.environ, **(environment or {})}
        self.log = FOLDER / f"{name}.log"
        self.process = None
        atexit.register(self.kill)
        self.start()

    def start(self):
        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.environment,
                cwd=tempfile.gettempdir(),
                preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL),
                **({"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}),
            )

    def tell(self, number):
        self.process.send_signal(number)

    def ended(self, seconds=READY_S):
        """Waits until it has ended. Returns its exit code."""
        return self.process.wait(seconds)

    def cpu_s(self):
        """The processor time of the program and its children, those that ended included."""
        ids = [self.process.pid]
        for number in ids:
            for thread in Path(f"/proc/{number}/task").glob("*/children"):
                ids += [int(child) for child in thread.read_text().split()]
        fields = [Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split() for number in ids]
        return sum(int(ticks) for one in fields for ticks in one[11:15]) / os.sysconf("SC_CLK_TCK")

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Postgres:
    """PostgreSQL on a port of loopback; with `primary`, a standby of that one, which must have each commit before it counts."""

    STANDBY = "standby"

    def __init__(self, name, primary=None):
        self.programs = Path(job["postgres"])
        self.port = free_port()
        self.data = Path(tempfile.mkdtemp(prefix=f"gradphoto-{name}-"))
        atexit.register(shutil.rmtree, self.data, ignore_errors=True)
        self.user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        if self.user:
            os.chown(self.data, self.user.pw_uid, self.user.pw_gid)
        if primary:
            source = f"host=127.0.0.1 port={primary.port} user=gradphoto application_name={self.STANDBY}"
            self.run("pg_basebackup", "--pgdata", self.data, "--dbname", source, "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
            settings = []
        else:
            self.run("initdb", "--username=gradphoto", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata", self.data)
            settings = ["-c", f"synchronous_standby_names={self.STANDBY}"]
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100", *(settings if not primary else [])]
        command = [self.programs / "postgres", "-D", self.data, "-p", self.port, "-k", "", *options]
        self.process = Process(name, command, user=self.user)
        ready = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        wait_until(lambda: subprocess.run(ready).returncode == 0, f"{name} answers")

    def run(self, program, *arguments):
        user = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        command = [self.programs / program, *map(str, arguments)]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, **user)
        if done.returncode:
            raise SystemExit(f"{program}: {done.stderr}")
        return done.stdout

    def ask(self, question):
        """The rows that a question has, as lists of texts."""
        address = f"postgres://gradphoto@127.0.0.1:{self.port}/postgres"
        answer = self.run("psql", address, "-v", "ON_ERROR_STOP=1", "-qAtF", "\t", "-c", question)
        return [line.split("\t") for line in answer.splitlines()]

    def is_followed(self):
        return self.ask("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'") != []

    def promote(self):
        self.ask("SELECT pg_promote()")


def object_store():
    """A store that speaks S3, with a bucket, in memory. Returns its port."""
    port = free_port()
    Process("s3", [job["python"], "-m", "moto.server", "--host", "127.0.0.1", "--port", port])
    wait_until(lambda: is_open(port), "the object store answers")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("PUT", "/portraits")
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"making a bucket: {answer.status} {answer.read()}")
    return port


class Copy:
    """A copy of the server."""

    def __init__(self, number, database, store_port):
        self.number, self.port, self.ops_port = number, free_port(), free_port()
        folder = FOLDER / f"copy{number}"
        folder.mkdir()
        config = folder / "gradphoto.toml"
        text = Path(job["config"]).read_text()
        storage = {
            "bucket": "portraits",
            "region": "us-east-1",
            "endpoint": f"http://127.0.0.1:{store_port}",
            "access_key_id": "AKIDEXAMPLE",
            "secret_access_key": "an-invented-secret",
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in storage.items()]
        http_section = "[http]\nreadiness_cache_ms = 1000\nmax_per_address = 4096\n"
        config.write_text("trust_proxy = true\n" + text + "\n[storage]\n" + "\n".join(lines) + "\n" + http_section)
        # All copies have the same key file.
        self.common = ["--data", folder, "--keys", FOLDER / "keys.json", "--config", config, "--database", database]
        self.process = None

    def command(self, *words):
        environment = {**os.environ, "GRADPHOTO_RATE_FACTOR": RATE_FACTOR}
        done = subprocess.run([job["gradphoto"], *words, *self.common], capture_output=True, text=True, env=environment)
        return done.returncode, done.stdout + done.stderr

    def start(self):
        if self.process is None:
            listeners = ["--bind", f"127.0.0.1:{self.port}", "--ops-bind", f"127.0.0.1:{self.ops_port}"]
            command = [job["gradphoto"], "serve", *self.common, *listeners, "--drain-delay", "3", "--workers", "2"]
            self.process = Process(f"copy{self.number}", command, {"GRADPHOTO_RATE_FACTOR": RATE_FACTOR})
        else:
            self.process.start()

    def operators(self, path):
        """The status and the body of an answer to operators; 0 where none comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.ops_port, timeout=3)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def is_ready(self):
        return self.operators("/readyz")[0] == 200


class Nginx:
    """The proxy of docs/operations.md without TLS, and what looks at the copies' readiness for it."""

    def __init__(self, copies):
        self.copies, self.usable = copies, {copy.port for copy in copies}
        self.file = FOLDER / "nginx.conf"
        self.write()
        command = ["nginx", "-p", FOLDER, "-c", self.file, "-g", "daemon off;"]
        self.process = Process("nginx", command)
        wait_until(lambda: is_open(job["port"]), "nginx answers")

    def write(self):
        # One that nobody can use is better than none: nginx refuses an upstream without servers.
        usable = self.usable or {copy.port for copy in self.copies}
        servers = "".join(f"server 127.0.0.1:{port} max_fails=0;\n" for port in sorted(usable))
        # Its bodies lie in a folder of ours alone.
        user = f"user {pwd.getpwuid(os.getuid()).pw_name};" if os.getuid() == 0 else ""
        self.file.write_text(f"""
{user}
worker_processes 1;
pid {FOLDER}/nginx.pid;
error_log {FOLDER}/nginx-error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {FOLDER}/nginx-body;
    proxy_temp_path {FOLDER}/nginx-proxy;
    fastcgi_temp_path {FOLDER}/nginx-unused; uwsgi_temp_path {FOLDER}/nginx-unused; scgi_temp_path {FOLDER}/nginx-unused;
    upstream gradphoto {{ {servers} keepalive 32; keepalive_timeout 4s; }}
    server {{
        listen 127.0.0.1:{job["port"]};
        client_max_body_size 11m;
        location / {{
            proxy_pass http://gradphoto;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_connect_timeout 2s;
            proxy_read_timeout 60s;
            proxy_next_upstream error timeout http_503;
            proxy_request_buffering on;
        }}
    }}
}}
""")

    def look(self):
        """Asks each copy whether it is ready, and leaves out those that are not."""
        usable = {copy.port for copy in self.copies if copy.is_ready()}
        if usable != self.usable:
            self.usable = usable
            self.write()
            self.process.tell(signal.SIGHUP)
