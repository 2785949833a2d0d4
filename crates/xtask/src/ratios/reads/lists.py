"""Lists of students as schools send them, and their import."""

import statistics
import time
from pathlib import Path

from product import told

WAIT_S = 3600
WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]


def document_number(number):
    """An 18-digit number with its check digit; another one for each number below 36,500,000."""
    birth = time.strftime("%Y%m%d", time.gmtime(315532800 + number // 1000 * 86400))
    digits = f"110105{birth}{number % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS))
    return digits + "10X98765432"[total % 11]


def file_of(first, count):
    """A roster as schools send it."""
    lines = ["姓名,证件号码,学历层次,学号,学院,专业,班级"]
    for number in range(first, first + count):
        group = number // 40
        lines.append(f"学生{number},{document_number(number)},本科,{22_000_000 + number},第{group // 50}学院,专业{group // 5},{group}班")
    return "\n".join(lines).encode()


def memory(server, name):
    """Megabytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    line = next(line for line in status if line.startswith(name))
    return int(line.split()[1]) * 1024 / 1_000_000


def wait(server, path, state):
    """Waits until an import is in a state."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        answer = server.call("GET", path)
        if answer[0] == 401:
            # An access token is good for ten minutes.
            told(server.call("POST", "/api/v1/auth/sessions/refresh", {}), 204)
            continue
        found = told(answer, 200)
        if found["state"] == state:
            return found
        if found["state"] not in ("checking", "importing", "undoing"):
            raise SystemExit(f"{path}: {found}")
        time.sleep(0.05)
    raise SystemExit(f"{path} is not {state} after {WAIT_S} s")


def imported(server, task, file, count):
    """The seconds from start to end of an import, its id, and those of the look at the file before."""
    sent = told(server.call("POST", f"/api/v1/tasks/{task}/roster-imports", file, {"Content-Type": "text/csv"}), 201)
    path = f"/api/v1/roster-imports/{sent['id']}"
    began = time.monotonic()
    wait(server, path, "checked")
    looked = time.monotonic() - began
    began = time.monotonic()
    told(server.call("POST", f"{path}/start", {}), 200)
    done = wait(server, path, "imported")
    spent = time.monotonic() - began
    added = sum(one["count"] for one in done["counts"] if one["verdict"] == "created")
    if added != count:
        raise SystemExit(f"{added} students instead of {count} came: {done}")
    return spent, sent["id"], looked


def tell(name, figures, rest=""):
    figures = sorted(figures)
    print(f"{name:<44} {statistics.median(figures):6.2f} ({figures[0]:.2f} to {figures[-1]:.2f})   {rest}", flush=True)
