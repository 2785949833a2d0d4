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

from lists import file_of, imported, memory, tell, wait
from product import SCHOOL, job, log_in_staff, serve, told

BATCH = 500
TABLES = ("roster_entries", "roster_ids")
FORGET = (
    "DELETE FROM roster_ids WHERE entry_id IN (SELECT id FROM roster_entries WHERE import_id = {})",
    "DELETE FROM roster_entries WHERE import_id = {}",
)
# Of the table `roster_ids`, the numbers of the students whom an import added.
ADDED = {
    "roster_entries": "SELECT * FROM roster_entries WHERE import_id = {}",
    "roster_ids": "SELECT i.* FROM roster_ids i JOIN roster_entries e ON e.id = i.entry_id WHERE e.import_id = {}",
}


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


def on(name, database, folder, peer):
    server = serve(database, folder)
    log_in_staff(server)
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
