"""What pages cost in a school of a million students, beside what they cost with ten thousand, on PostgreSQL.

Arguments: a JSON object with the program `gradphoto`, a folder, the address of a PostgreSQL server of its own, how many students are
there first (`small`) and then (`large`), how often a page is called in a pass (`calls`), how many students verify (`verified`), and
how long the statistics need (`settling_s`). Buffers are the pages of tables and indexes that PostgreSQL's statistics
count for one call; processor time is that of the server's threads and of its database's processes.
"""

import statistics
import time
from pathlib import Path

from database import asked, cpu_s
from lists import document_number, file_of, imported, memory, tell
from product import REVIEWER, SCHOOL, Visitor, job, log_in, log_in_staff, serve, told

PASSES = 5
BLOCKS = """SELECT coalesce(sum(heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0)
    + coalesce(toast_blks_hit, 0) + coalesce(toast_blks_read, 0)), 0)::bigint FROM pg_statio_user_tables"""


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


def pages(visitor, method, path, body=None):
    def call():
        # It was closed meanwhile.
        visitor.connection.close()
        for _ in range(job["calls"]):
            told(visitor.call(method, path, body), 200)
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


def let_photos_wait(group):
    """Copies one of the photos that wait for a review to a tenth of the students who have not verified, but not to those of
    one class."""
    own = ["id", "school_id", "task_id", "enrolment_id", "upload_id", "original_sha256", "state"]
    columns = asked("SELECT column_name FROM information_schema.columns WHERE table_name = 'photos'")
    others = [row["column_name"] for row in columns if row["column_name"] not in own]
    asked(f"""WITH held AS (
        INSERT INTO enrolments (id, school_id, task_id, entry_id, account_id, state, created_at)
        SELECT gen_random_uuid(), school_id, task_id, id, (SELECT account_id FROM enrolments ORDER BY created_at LIMIT 1), 'live', now()
        FROM roster_entries WHERE class_name LIKE '%班' AND state = 'listed' AND get_byte(uuid_send(id), 15) < 26 AND class_name <> '{group}'
        AND NOT EXISTS (SELECT 1 FROM enrolments WHERE entry_id = roster_entries.id)
        RETURNING id, school_id, task_id
    ), sent AS (
        INSERT INTO photos ({", ".join(own + others)})
        SELECT gen_random_uuid(), held.school_id, held.task_id, held.id, gen_random_uuid(), sha256(uuid_send(held.id)), 'pending_review',
            {", ".join(f"photo.{name}" for name in others)}
        FROM held CROSS JOIN (SELECT * FROM photos ORDER BY created_at LIMIT 1) photo
        RETURNING id, school_id, task_id
    ) INSERT INTO review_queue (photo_id, school_id, task_id, stage, is_clean, is_escalated, since, version)
    SELECT id, school_id, task_id, 'bureau', TRUE, FALSE, now(), 1 FROM sent""")


def costs(server, reviewer, task, first):
    """What each page costs now."""
    let_photos_wait(f"{first // 40}班")
    asked("VACUUM (ANALYZE)")
    list_of = f"/api/v1/tasks/{task}/roster-entries"
    found = {
        "list of students": (server, "GET", f"{list_of}?limit=50"),
        "search for a student number": (server, "GET", f"{list_of}?search={22_000_000 + first}"),
        "progress": (server, "GET", f"/api/v1/tasks/{task}/progress"),
        "length of the review queue": (reviewer, "GET", "/api/v1/reviews/queue"),
        "photos to review": (reviewer, "POST", "/api/v1/reviews/take", {"count": 2}),
    }
    measured = {}
    for name, page in found.items():
        visitor, *call = page
        # It was closed meanwhile.
        visitor.connection.close()
        # What is kept for a while is counted now.
        told(visitor.call(*call), 200)
        measured[name] = cost(server, pages(*page))
    measured["verification"] = cost(server, verifications(server, task, first))
    return measured


# What the system reads for itself is no page's cost.
asked("ALTER SYSTEM SET autovacuum = off")
asked("SELECT pg_reload_conf()")
# With the reviewers come photos that wait.
server = serve(job["postgres"], Path(job["folder"]) / "size", "--photos")
reviewer = Visitor(server)
log_in_staff(server)
log_in_staff(reviewer, REVIEWER)
task = told(server.call("GET", f"/api/v1/schools?name={SCHOOL}"), 200)["schools"][0]["tasks"][0]["id"]
imported(server, task, file_of(0, job["small"]), job["small"])
small, small_memory = costs(server, reviewer, task, 0), memory(server, "VmRSS")
file = file_of(job["small"], job["large"] - job["small"])
at_rest = memory(server, "VmRSS")
took, _, looked = imported(server, task, file, job["large"] - job["small"])
peak, megabytes = memory(server, "VmHWM"), len(file) / 1_000_000
for staff in (server, reviewer):
    # It was closed meanwhile.
    staff.connection.close()
    told(staff.call("POST", "/api/v1/auth/sessions/refresh", {}), 204)
large = costs(server, reviewer, task, job["small"])
for name, (buffers, spent) in large.items():
    buffers_before, spent_before = small[name]
    more = buffers - buffers_before
    tell(f"R8 more buffers, {name}", [more], f"{buffers_before:.1f} with {job['small']} students, {buffers:.1f} with {job['large']}")
    ratios = [after / before for before, after in zip(sorted(spent_before), sorted(spent))]
    tell(f"R8 times processor time, {name}", ratios, f"{statistics.median(spent_before) * 1e6:.0f} to {statistics.median(spent) * 1e6:.0f} µs")
tell("R8 megabytes more of memory", [memory(server, "VmRSS") - small_memory])
tell("megabytes of memory while importing them", [peak], f"{at_rest:.0f} before; a file of {megabytes:.0f} MB")
tell("seconds of the look at them before", [looked])
tell("seconds of their import", [took])
server.stop()
