"""What pages cost in a school of a million students, beside what they cost with ten thousand, on PostgreSQL.

Arguments: a JSON object with the program `gradphoto`, a folder, the address of a PostgreSQL server of its own, how many students are
there first (`small`) and then (`large`), how often a page is called in a pass (`calls`), how many students verify (`verified`), and
how long the statistics need (`settling_s`). Buffers are the pages of tables and indexes that PostgreSQL's statistics
count for one call; processor time is that of the server's threads and of its database's processes.
"""

import asyncio
import statistics
import time
from pathlib import Path

import asyncpg
from lists import document_number, file_of, imported, memory, tell
from product import SCHOOL, Visitor, job, log_in, log_in_officer, serve, told

TICKS_A_SECOND = 100
PASSES = 5
BLOCKS = """SELECT coalesce(sum(heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0)
    + coalesce(toast_blks_hit, 0) + coalesce(toast_blks_read, 0)), 0)::bigint FROM pg_statio_user_tables"""


def asked(statement):
    """The rows that the database answers."""

    async def ask():
        connection = await asyncpg.connect(job["postgres"])
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()

    return asyncio.run(ask())


def cpu_s(server):
    """The processor time of the server and of its database's processes, in seconds."""
    pids = [row["pid"] for row in asked("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")]
    spent = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / TICKS_A_SECOND + server.cpu_ns() / 1e9


def cost(server, calls):
    """Buffers a call, and the seconds of processor time a call in each pass; `calls` are functions, one a pass."""
    time.sleep(job["settling_s"])
    before = asked(BLOCKS)[0][0]
    spent, count = [], 0
    for call in calls:
        begun = cpu_s(server)
        made = call()
        spent.append((cpu_s(server) - begun) / made)
        count += made
    time.sleep(job["settling_s"])
    # It was closed meanwhile.
    server.connection.close()
    return (asked(BLOCKS)[0][0] - before) / count, spent


def pages(server, path):
    def call():
        # It was closed meanwhile.
        server.connection.close()
        for _ in range(job["calls"]):
            told(server.call("GET", path), 200)
        return job["calls"]

    return [call] * PASSES


def verifications(server, task, first):
    """Students who log in before, and then prove who they are, each once."""
    visitors = []
    for number in range(first, first + job["verified"]):
        visitor = Visitor(server)
        log_in(visitor, f"139{number:08}")
        visitors.append((visitor, {"task_id": task, "document_type": "cn_id", "document_number": document_number(number), "level": "ba"}))

    def call():
        for visitor, claim in visitors:
            visitor.connection.close()
            told(visitor.call("POST", "/api/v1/enrolments", claim), 201)
        return len(visitors)

    return [call]


def costs(server, task, first):
    """What each page costs now."""
    list_of = f"/api/v1/tasks/{task}/roster-entries"
    found = {
        "list of students": pages(server, f"{list_of}?limit=50"),
        "search for a student number": pages(server, f"{list_of}?search={22_000_000 + first}"),
        "progress": pages(server, f"/api/v1/tasks/{task}/progress"),
    }
    measured = {name: cost(server, calls) for name, calls in found.items()}
    measured["verification"] = cost(server, verifications(server, task, first))
    return measured


# What the system reads for itself is no page's cost.
asked("ALTER SYSTEM SET autovacuum = off")
asked("SELECT pg_reload_conf()")
server = serve(job["postgres"], Path(job["folder"]) / "size")
log_in_officer(server)
task = told(server.call("GET", f"/api/v1/schools?name={SCHOOL}"), 200)["schools"][0]["tasks"][0]["id"]
imported(server, task, file_of(0, job["small"]), job["small"])
asked("VACUUM (ANALYZE)")
small, small_memory = costs(server, task, 0), memory(server, "VmRSS")
imported(server, task, file_of(job["small"], job["large"] - job["small"]), job["large"] - job["small"])
asked("VACUUM (ANALYZE)")
told(server.call("POST", "/api/v1/auth/sessions/refresh", {}), 204)
large = costs(server, task, job["small"])
for name, (buffers, spent) in large.items():
    buffers_before, spent_before = small[name]
    more = buffers - buffers_before
    tell(f"R8 more buffers, {name}", [more], f"{buffers_before:.1f} with {job['small']} students, {buffers:.1f} with {job['large']}")
    ratios = [after / before for before, after in zip(sorted(spent_before), sorted(spent))]
    tell(f"R8 times processor time, {name}", ratios, f"{statistics.median(spent_before) * 1e6:.0f} to {statistics.median(spent) * 1e6:.0f} µs")
tell("R8 megabytes more of memory", [memory(server, "VmRSS") - small_memory])
server.stop()
