"""How many students a second an import takes, beside bare inserts of the rows that it wrote, and the memory that it needs.

Arguments: a JSON object with the program `gradphoto`, a folder, the address of a PostgreSQL server or null, how many passes and how
many rows each imports. An import reads the file twice, judges each row against the list, seals and hashes what it holds, and writes
500 students a transaction. What is compared is the time from the officer's start to the last student, and, once the import was
undone, the time that the same rows, sealed as they are, take into the same tables: on PostgreSQL by COPY, both tables in one
transaction; on SQLite by prepared inserts, 500 students a transaction. Indexes, references to other tables and durability are the
same.
"""

import asyncio
import io
import sqlite3
import statistics
import time
from pathlib import Path

import asyncpg

from product import SCHOOL, job, log_in_officer, serve, told

BATCH = 500
WAIT_S = 3600
TABLES = ("roster_entries", "roster_ids")
FORGET = (
    "DELETE FROM roster_ids WHERE entry_id IN (SELECT id FROM roster_entries WHERE import_id = {})",
    "DELETE FROM roster_entries WHERE import_id = {}",
)
WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]
# Of the table `roster_ids`, the numbers of the students whom an import added.
ADDED = {
    "roster_entries": "SELECT * FROM roster_entries WHERE import_id = {}",
    "roster_ids": "SELECT i.* FROM roster_ids i JOIN roster_entries e ON e.id = i.entry_id WHERE e.import_id = {}",
}


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


def uuid_bytes(text):
    """The bytes of an id like `rim_01k9…`."""
    value = 0
    for letter in text.split("_")[1]:
        value = value << 5 | "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    return value.to_bytes(16, "big")


class Sqlite:
    """Prepared inserts."""

    name = "batched inserts"

    def __init__(self, folder):
        self.connection = sqlite3.connect(folder / "gradphoto.db", timeout=60, isolation_level=None)
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA foreign_keys = ON")

    def read(self, import_id):
        """The rows of an import."""
        return {table: self.connection.execute(ADDED[table].format("?"), (import_id,)).fetchall() for table in TABLES}

    def write(self, rows):
        for start in range(0, len(rows["roster_entries"]), BATCH):
            self.connection.execute("BEGIN IMMEDIATE")
            for table, all_rows in rows.items():
                some = all_rows[start : start + BATCH]
                self.connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some)
            self.connection.execute("COMMIT")

    def forget(self, import_id):
        for statement in FORGET:
            self.connection.execute(statement.format("?"), (import_id,))


class Postgres:
    """COPY."""

    name = "COPY"

    def __init__(self, address):
        self.address = address

    def on_connection(self, work):
        async def connected():
            connection = await asyncpg.connect(self.address)
            try:
                return await work(connection)
            finally:
                await connection.close()

        return asyncio.run(connected())

    def read(self, import_id):
        async def read(connection):
            files = {}
            for table in TABLES:
                files[table] = io.BytesIO()
                added = ADDED[table].format(f"'{import_id.hex()}'")
                await connection.copy_from_query(added, output=files[table], format="binary")
                files[table].seek(0)
            return files

        return self.on_connection(read)

    def write(self, files):
        async def write(connection):
            async with connection.transaction():
                for table, file in files.items():
                    await connection.copy_to_table(table, source=file, format="binary")

        self.on_connection(write)

    def forget(self, import_id):
        async def forget(connection):
            for statement in FORGET:
                await connection.execute(statement.format(f"'{import_id.hex()}'"))

        self.on_connection(forget)


def tell(name, figures, rest=""):
    figures = sorted(figures)
    print(f"{name:<44} {statistics.median(figures):6.2f} ({figures[0]:.2f} to {figures[-1]:.2f})   {rest}", flush=True)


def on(name, database, folder, peer):
    server = serve(database, folder)
    log_in_officer(server)
    task = told(server.call("GET", f"/api/v1/schools?name={SCHOOL}"), 200)["schools"][0]["tasks"][0]["id"]
    count, at_rest = job["rows"], memory(server, "VmRSS")
    peer = peer()
    ratios, ours, looks = [], [], []
    for first in range(0, count * job["passes"], count):
        spent, text_id, looked = imported(server, task, file_of(first, count), count)
        import_id = uuid_bytes(text_id)
        rows = peer.read(import_id)
        # The server closed the connection meanwhile.
        server.connection.close()
        path = f"/api/v1/roster-imports/{text_id}"
        told(server.call("POST", f"{path}/undo", {}), 200)
        wait(server, path, "undone")
        began = time.monotonic()
        peer.write(rows)
        ratios.append((time.monotonic() - began) / spent)
        peer.forget(import_id)
        server.connection.close()
        ours.append(spent)
        looks.append(looked)
    rate = count / statistics.median(ours)
    tell(f"R4 {name} import ÷ {peer.name}", ratios, f"{rate:.0f} students a second, {count} a pass")
    tell(f"{name} seconds of the look before", looks, f"{count} students")
    peak = memory(server, "VmHWM")
    tell(f"{name} megabytes at most while importing", [peak], f"{at_rest:.0f} before")
    server.stop()


root = Path(job["folder"])
on("SQLite", None, root / "sqlite", lambda: Sqlite(root / "sqlite"))
if job["postgres"]:
    on("PostgreSQL", job["postgres"], root / "postgres", lambda: Postgres(job["postgres"]))
