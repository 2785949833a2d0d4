"""What a page of a student costs the server, beside a FastAPI server that reads the same rows from the same database, and what
everything around a handler costs, beside a bare actix handler.

Arguments: a JSON object with the programs (`gradphoto`, `bare` or null, `python`, `peer`), a portrait, a folder, the address of a
PostgreSQL server or null, how many passes and how many requests in each. Prints a line for each comparison.

Both servers of a comparison take turns in every pass, one request at a time on one connection; what is compared is the
processor time of the servers' threads as the kernel counts it, so that other work on the machine moves neither much.
"""

import statistics
from pathlib import Path

from product import Server, free_port, job, log_in, order, serve, told


def spent(server, path, requests):
    """Microseconds of processor time that a request costs a server."""
    # The other one's turn may have been longer than this one keeps a connection.
    server.connection.close()
    for _ in range(20 + requests // 10):
        told(server.call("GET", path), 200)
    before = server.cpu_ns()
    for _ in range(requests):
        status, _, _ = server.call("GET", path)
        if status != 200:
            raise SystemExit(f"{path}: {status}")
    return (server.cpu_ns() - before) / requests / 1000


def compare(name, ours, theirs, requests=job["requests"]):
    """Lets both take turns and prints the ratio: the median, the least and the greatest."""
    passes = [(spent(*ours, requests), spent(*theirs, requests)) for _ in range(job["passes"])]
    ratios = sorted(mine / other for mine, other in passes)
    mine, other = (statistics.median(column) for column in zip(*passes))
    middle = statistics.median(ratios)
    print(f"{name:<44} {middle:5.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})   {mine:6.0f} beside {other:6.0f} µs", flush=True)


def peer(database, folder):
    """FastAPI on the same database."""
    port = free_port()
    address = database or f"sqlite:{folder / 'gradphoto.db'}"
    command = [job["python"], job["peer"], str(port), address]
    return Server(command, port, folder / "peer.log")


def bare(folder, body):
    """An actix handler that answers this body."""
    port = free_port()
    (folder / "body").write_bytes(body)
    return Server([job["bare"], str(port), str(folder / "body")], port, folder / "bare.log")


def on(name, database, folder):
    ours = serve(database, folder)
    log_in(ours)
    number, enrolment = order(ours)
    if not database and job["bare"]:
        agreements = "/api/v1/agreements/current"
        handler = bare(folder, ours.call("GET", agreements)[2])
        # Ten times as many, since a request takes so little: what the server does beside requests would count for much.
        compare("R1 agreements ÷ bare actix handler", (ours, agreements), (handler, agreements), 10 * job["requests"])
        handler.stop()
    other = peer(database, folder)
    other.headers["Authorization"] = "Bearer " + other.call("GET", "/token")[2].decode().strip('"')
    for path in ("/me", "/me/enrolments", "/me/orders", f"/orders/{number}", f"/orders/{number}/payment-status"):
        shown = path.replace(number, "{order_no}")
        compare(f"R2 {name} GET {shown} ÷ FastAPI", (ours, "/api/v1" + path), (other, path))
    other.stop()
    ours.stop()


root = Path(job["folder"])
on("SQLite", None, root / "sqlite")
if job["postgres"]:
    on("PostgreSQL", job["postgres"], root / "postgres")
