"""What the server keeps in memory: at rest, and after students looked at their pages.

Arguments: a JSON object with the program `gradphoto`, a portrait, a folder, how many `journeys` there are, how many `samples` are
taken of the memory, and how many seconds the server rests before (`settling_s`). A journey is
ten requests of a student who comes back: agreements, account, sessions, enrolments, orders, an order and its payment,
the school, the photo and its enrolment. Eight students come at a time. Memory is what the kernel counts as resident.
"""

import http.client
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from product import job, journey, log_in, order, serve, told

AT_A_TIME = 8


def resident(server):
    """Megabytes, as so many samples of a second tell."""
    status = Path(f"/proc/{server.process.pid}/status")
    samples = []
    for _ in range(job["samples"]):
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        samples.append(int(line.split()[1]) * 1024 / 1_000_000)
        time.sleep(1)
    return sorted(samples)


def tell(name, figures):
    print(f"{name:<44} {statistics.median(figures):6.2f} ({figures[0]:.2f} to {figures[-1]:.2f})", flush=True)


def come_back(server, paths, journeys):
    """Lets one client make its journeys on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for _ in range(journeys):
        for path in paths:
            connection.request("GET", path, headers=server.headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
    connection.close()


server = serve(None, Path(job["folder"]) / "memory")
time.sleep(job["settling_s"])
at_rest = resident(server)
tell("R10 megabytes at rest", at_rest)
log_in(server)
number, enrolment = order(server)
photo = told(server.call("GET", f"/api/v1/enrolments/{enrolment}"), 200)["photo"]["id"]
once = resident(server)
tell("megabytes after one student with a photo", once)
paths = journey(number, enrolment, photo)
# The access token is good for ten minutes, which this does not take.
began = time.monotonic()
with ThreadPoolExecutor(AT_A_TIME) as pool:
    for client in [pool.submit(come_back, server, paths, job["journeys"] // AT_A_TIME) for _ in range(AT_A_TIME)]:
        client.result()
rate = job["journeys"] * len(paths) / (time.monotonic() - began)
print(f"{job['journeys']} journeys of {len(paths)} requests, {rate:.0f} requests a second")
time.sleep(job["settling_s"])
kept = resident(server)
tell("megabytes after all journeys", kept)
tell("R10 afterwards ÷ after one student", [some / statistics.median(once) for some in kept])
server.stop()
