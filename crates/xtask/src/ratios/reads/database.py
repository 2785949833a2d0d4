"""The PostgreSQL that the server under measurement has."""

import asyncio
from pathlib import Path

import asyncpg
from product import job

TICKS_A_SECOND = 100
# Places in /proc/PID/stat behind the name of the program.
OWN_TIMES = slice(11, 13)
TIMES_OF_ENDED = slice(13, 15)


def asked(statement):
    """The rows that the database answers."""

    async def ask():
        connection = await asyncpg.connect(job["postgres"])
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()

    return asyncio.run(ask())


def done(*statements):
    """Makes statements, each on its own."""

    async def make():
        connection = await asyncpg.connect(job["postgres"])
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(make())


def seconds(pid, places):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[places])) / TICKS_A_SECOND


def cpu_s(server):
    """The processor time of the server and of its database's processes, in seconds."""
    pids = [row["pid"] for row in asked("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")]
    return sum(seconds(pid, OWN_TIMES) for pid in pids) + server.cpu_ns() / 1e9


def ended_s():
    """The processor time of all processes of the database that have ended, in seconds."""
    folder = asked("SHOW data_directory")[0][0]
    postmaster = (Path(folder) / "postmaster.pid").read_text().splitlines()[0]
    return seconds(postmaster, TIMES_OF_ENDED)
