"""How long students wait for their pages: at half of what the server answers at most, and when ten times as many come.

Arguments: a JSON object with the program `gradphoto`, a portrait, a folder, the address of a PostgreSQL server or null, how many
passes and how many seconds each takes. The pages are those of `memory.py`. At half of the most, requests are sent when they are
due, whatever became of those before (an open loop), and the wait is counted from then: a server that stalls cannot hide it. The
clients run on the same machine and take processor time of their own.
"""

import http.client
import itertools
import statistics
import threading
import time
from pathlib import Path

from product import job, journey, log_in, order, serve, told

CLIENTS = 8
CROWD = 10


def many(server, clients, until, due=None):
    """Lets so many clients ask until a moment; the waits of what was answered, in seconds, and how many were refused."""
    waits, refused, number = [], [], itertools.count()

    def ask():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while True:
            turn = next(number)
            began = due(turn) if due else time.monotonic()
            if began > until or time.monotonic() > until + 30:
                break
            time.sleep(max(0, began - time.monotonic()))
            if time.monotonic() > until and not due:
                break
            try:
                connection.request("GET", server.paths[turn % len(server.paths)], headers=server.headers)
                answer = connection.getresponse()
                answer.read()
                (waits if answer.status == 200 else refused).append(time.monotonic() - began)
            except OSError:
                refused.append(time.monotonic() - began)
                connection.close()
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(waits), len(refused)


def percentile(waits, part):
    return waits[min(len(waits) - 1, int(len(waits) * part))]


def tell(name, figures, rest=""):
    figures = sorted(figures)
    print(f"{name:<44} {statistics.median(figures):6.2f} ({figures[0]:.2f} to {figures[-1]:.2f})   {rest}", flush=True)


def on(name, database, folder):
    server = serve(database, folder)
    log_in(server)
    number, enrolment = order(server)
    photo = told(server.call("GET", f"/api/v1/enrolments/{enrolment}"), 200)["photo"]["id"]
    server.paths = journey(number, enrolment, photo)
    seconds = job["seconds"]
    ratios, middles, crowded = [], [], []
    for _ in range(job["passes"]):
        most = len(many(server, CLIENTS, time.monotonic() + seconds)[0]) / seconds
        began = time.monotonic()
        waits, _ = many(server, CLIENTS * 4, began + seconds, lambda turn: began + turn * 2 / most)
        ratios.append(percentile(waits, 0.99) / percentile(waits, 0.5))
        middles.append(percentile(waits, 0.5) * 1000)
        waits, refused = many(server, CLIENTS * CROWD, time.monotonic() + seconds)
        crowded.append(percentile(waits, 0.99))
    tell(f"R7 {name} p99 ÷ p50 at half saturation", ratios, f"p50 {statistics.median(middles):.2f} ms, {most / 2:.0f} a second")
    tell(f"R10 {name} p99 in seconds, ten times the clients", crowded, f"{refused} refused")
    server.stop()


root = Path(job["folder"])
on("SQLite", None, root / "sqlite")
if job["postgres"]:
    on("PostgreSQL", job["postgres"], root / "postgres")
