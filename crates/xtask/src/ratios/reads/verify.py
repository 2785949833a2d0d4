"""What a verification costs on PostgreSQL, beside pgbench with the statements of one.

Arguments: a JSON object with the program `gradphoto`, a folder, the address of a PostgreSQL server of its own and the file of its
log, the program `pgbench`, how many passes, and how many students verify in each (`verified`).

The statements of one verification are read from the log, with their values. What it wrote is deleted, and pgbench makes the
same statements again as one transaction, prepared, which ends with a rollback so that it can be repeated: ours pays for a commit that
pgbench does not make. What is compared is processor time: of the server's threads and its database's processes, and of pgbench and
its database's process.
"""

import re
import resource
import statistics
import subprocess
import time
from pathlib import Path

from database import cpu_s, done, ended_s
from lists import document_number, file_of, imported, tell
from product import SCHOOL, Visitor, job, log_in, log_in_staff, serve, told

# Not before the messages that a new student causes were sent.
SETTLING_S = 3
# So many are on the roster.
STUDENTS = 10_000
LOGGED = re.compile(r"^\d+\|LOG:  (?:execute [^:]*|statement): (.*)$")
VALUES = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
INSERT = re.compile(r'INSERT INTO "?(\w+)"? \("?id"?')
# What the server does beside the request, and where transactions begin and end.
OTHERS = re.compile(r'"(jobs|messages|outbox)"')
BORDER = re.compile(r"\s*$|(BEGIN|COMMIT|ROLLBACK|SET|SHOW|DISCARD)\b", re.IGNORECASE)


def claim_of(task, number):
    return {"task_id": task, "document_type": "cn_id", "document_number": document_number(number), "level": "ba"}


def students(server, numbers):
    """Students who are logged in."""
    found = []
    for number in numbers:
        visitor = Visitor(server)
        log_in(visitor, f"137{number:08}")
        found.append((visitor, number))
    time.sleep(SETTLING_S)
    return found


def verify(found, task):
    for visitor, number in found:
        visitor.connection.close()
        told(visitor.call("POST", "/api/v1/enrolments", claim_of(task, number)), 201)


def logged(extent):
    """Has the database log no statements (`none`) or all (`all`)."""
    done(
        "ALTER SYSTEM SET log_line_prefix = '%p|'",
        "ALTER SYSTEM SET log_parameter_max_length = -1",
        f"ALTER SYSTEM SET log_statement = '{extent}'",
        "SELECT pg_reload_conf()",
    )
    time.sleep(SETTLING_S)


def recorded(found, task):
    """The statements of a verification, in order, each with its values by number."""
    logged("all")
    log = Path(job["postgres_log"])
    before = log.stat().st_size
    verify(found, task)
    lines = log.read_bytes()[before:].decode().splitlines()
    logged("none")
    statements = []
    for line in lines:
        if begun := LOGGED.match(line):
            statements.append((begun[1], {}))
        elif "|DETAIL:" in line and statements:
            statements[-1][1].update(VALUES.findall(line))
    return [(sql, values) for sql, values in statements if not OTHERS.search(sql) and not BORDER.match(sql)]


def literal(value):
    """A value as a literal without colons, which pgbench takes for variables."""
    if value == "NULL":
        return value
    return "E" + value.replace("\\", "\\\\").replace(":", "\\x3a")


def script_of(statements):
    """The statements as one transaction for pgbench."""
    lines = ["BEGIN;"]
    for sql, values in statements:
        lines.append(re.sub(r"\$(\d+)", lambda place: literal(values[place[1]]), sql) + ";")
    script = Path(job["folder"]) / "verification.sql"
    script.write_text("\n".join([*lines, "ROLLBACK;", ""]))
    return script


def forget(statements):
    """Deletes what the recorded verification added."""
    inserts = [(INSERT.match(sql), values) for sql, values in statements]
    deletes = [f'DELETE FROM "{insert[1]}" WHERE id = {values["1"]}' for insert, values in inserts if insert]
    done("SET session_replication_role = replica", *reversed(deletes))


def bench(script, count):
    """Seconds of processor time that pgbench and its database's process take for a transaction."""
    ended, own = ended_s(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [job["pgbench"], "-n", "-M", "prepared", "-f", script, "-t", str(count), job["postgres"]]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode or f"{count}/{count}" not in ran.stdout:
        raise SystemExit(f"pgbench: {ran.stdout}{ran.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime + ended_s() - ended) / count


server = serve(job["postgres"], Path(job["folder"]) / "verify")
log_in_staff(server)
task = told(server.call("GET", f"/api/v1/schools?name={SCHOOL}"), 200)["schools"][0]["tasks"][0]["id"]
count, passes = job["verified"], job["passes"]
imported(server, task, file_of(0, STUDENTS), STUDENTS)
done("VACUUM (ANALYZE)")
# The first ones find statements that are not prepared yet, and the next one's are recorded.
verify(students(server, range(count)), task)
statements = recorded(students(server, [count]), task)
forget(statements)
script = script_of(statements)
ratios, own, theirs = [], [], []
for turn in range(passes):
    found = students(server, range((turn + 1) * count + 1, (turn + 2) * count + 1))
    before = cpu_s(server)
    verify(found, task)
    own.append((cpu_s(server) - before) / count)
    theirs.append(bench(script, 10 * count))
    ratios.append(theirs[-1] / own[-1])
median = lambda figures: statistics.median(figures) * 1e6
rest = f"{median(own):.0f} beside {median(theirs):.0f} µs, {len(statements)} statements"
tell("R2p PostgreSQL verification, requests per core-second ÷ pgbench", ratios, rest)
server.stop()
