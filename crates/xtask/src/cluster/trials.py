"""Three copies of the server, PostgreSQL with a standby, an S3-compatible store and nginx on loopback: what comes of students'
requests while parts of that fail, and whether anything that was acknowledged is lost.

Arguments: a JSON object with the program `gradphoto`, its configuration, the sandbox's `pages`, nginx's `port`, the folder of
PostgreSQL's programs, a Python with moto, a framed photo, a folder, how many `students` and `clients` there are and the seconds
that things last. Prints a row for each trial; ends with 1 where something was lost or done twice.
"""

import concurrent.futures
import signal
import statistics
import sys
import threading
import time
from collections import Counter

import verdict
from parts import Copy, Nginx, Postgres, job, object_store, wait_until
from relay import BLOCKED, CUT, OPEN, Relay
from student import GaveUp, Log, Student, import_roster, sandbox

PAUSE_S = 0.2
"""Between the steps of a student: people do not hurry more."""
MEASURED = 40
"""Students whose cost is measured, before anything fails."""
CALM_S = 2
"""How long the load goes on after all is well again."""


class Load:
    """Students who come one after the other, several at a time, until it is stopped. From student number `first` on, to number
    `last`."""

    def __init__(self, log, task, first, last, pause):
        self.log, self.task, self.number, self.last, self.pause = log, task, first, last, pause
        self.students, self.gave_up = [], []
        self.lock, self.stopping = threading.Lock(), threading.Event()
        self.pool = concurrent.futures.ThreadPoolExecutor(job["clients"])
        self.clients = [self.pool.submit(self.serve) for _ in range(job["clients"])]

    def serve(self):
        while not self.stopping.is_set():
            with self.lock:
                number, self.number = self.number, self.number + 1
            if number >= self.last:
                return
            student = Student(self.log, self.task, number)
            with self.lock:
                self.students.append(student)
            try:
                student.live(lambda: time.sleep(self.pause))
            except GaveUp as reason:
                self.gave_up.append((number, self.log.phase, str(reason)))

    def stop(self):
        """Lets every student who has begun come to the end."""
        self.stopping.set()
        self.finish()

    def finish(self):
        """Waits until the last student has come to the end."""
        for client in self.clients:
            client.result()


class Trials:
    """What is done to the installation, and what came of it."""

    def __init__(self):
        self.log = Log()
        self.primary = Postgres("primary")
        self.standby = Postgres("standby", self.primary)
        wait_until(self.primary.is_followed, "the standby follows")
        store = object_store()
        self.store = Relay(store)
        # One copy reaches the database by ways that can be closed.
        self.ways = [Relay(self.primary.port), Relay(self.standby.port)]
        direct = f"127.0.0.1:{self.primary.port},127.0.0.1:{self.standby.port}"
        behind = ",".join(f"127.0.0.1:{way.port}" for way in self.ways)
        addresses = [f"postgres://gradphoto@{hosts}/postgres" for hosts in (direct, direct, behind)]
        self.copies = [Copy(number, address, self.store.port) for number, address in enumerate(addresses)]
        said = self.copies[0].command("sample-data")
        if said[0]:
            raise SystemExit(f"sample data: {said[1]}")
        for copy in self.copies:
            copy.start()
        wait_until(lambda: all(copy.is_ready() for copy in self.copies), "all copies are ready")
        self.proxy = Nginx(self.copies)
        self.looking = threading.Event()
        threading.Thread(target=self.look, daemon=True).start()
        sandbox("/_ctl/sms_limits", {"lifted": True})
        self.task = import_roster(self.log, MEASURED + job["students"])
        self.load = None

    def look(self):
        while not self.looking.wait(0.5):
            self.proxy.look()

    def measure(self):
        """What a student costs who does not pause, with everything in order."""
        parts = {
            "the copies": [copy.process for copy in self.copies],
            "PostgreSQL": [self.primary.process],
            "its standby": [self.standby.process],
            "nginx": [self.proxy.process],
        }
        spent = {name: -sum(one.cpu_s() for one in some) for name, some in parts.items()}
        self.log.phase = "measured"
        began = time.monotonic()
        load = Load(self.log, self.task, 0, MEASURED, 0)
        load.finish()
        seconds = time.monotonic() - began
        costs = [f"{name} {(spent[name] + sum(one.cpu_s() for one in some)) / MEASURED * 1000:.0f} ms" for name, some in parts.items()]
        requests = len(self.log.of("measured")) / MEASURED
        print(f"{MEASURED} students, {job['clients']} at a time: {MEASURED / seconds:.2f} a second with {requests:.0f} requests each.")
        print(f"Processor time of a student: {', '.join(costs)}.", flush=True)
        return load

    def trial(self, name, do):
        """Does it under load, and waits until all copies are ready again; the row of what came of the requests."""
        self.log.phase = name
        began = time.monotonic()
        do()
        over = time.monotonic()
        wait_until(lambda: all(copy.is_ready() for copy in self.copies), f"after {name}: all copies are ready")
        ready = time.monotonic() - over
        time.sleep(CALM_S)
        print_row(name, self.log.of(name), time.monotonic() - began, ready)

    def restart(self):
        for copy in self.copies:
            copy.process.tell(signal.SIGTERM)
            if copy.process.ended() != 0:
                raise SystemExit(f"copy {copy.number} did not stop well: {copy.process.log}")
            copy.start()
            wait_until(copy.is_ready, f"copy {copy.number} is ready")
            # The proxy looks twice a second.
            time.sleep(1)

    def kill(self):
        self.copies[1].process.kill()
        time.sleep(3)
        self.copies[1].start()

    def lose_store(self):
        self.store.set(CUT)
        time.sleep(job["outage_s"])
        self.store.set(OPEN)

    def part(self):
        for way in self.ways:
            way.set(BLOCKED)
        time.sleep(job["outage_s"])
        for way in self.ways:
            way.set(OPEN)

    def fail_over(self):
        # To two copies it is as if the program ended, to one as if the machine vanished.
        self.ways[0].set(BLOCKED)
        self.primary.process.kill()
        # As long as whoever decides on a promotion waits.
        time.sleep(2)
        self.standby.promote()


def print_row(name, rows, seconds, ready):
    # What never came counts as well as what failed.
    failed = Counter(status for _, status, _ in rows if status == 0 or status >= 500)
    times = sorted(took for _, status, took in rows if 0 < status < 500) or [0]
    told = ", ".join(f"{'no answer' if status == 0 else status} ×{count}" for status, count in sorted(failed.items())) or "0"
    p99 = times[min(len(times) - 1, len(times) * 99 // 100)]
    middle = statistics.median(times)
    print(f"| {name} | {seconds:.0f} | {len(rows)} | {told} | {middle * 1000:.0f} | {p99 * 1000:.0f} | {times[-1] * 1000:.0f} | {ready:.1f} |", flush=True)


def main():
    trials = Trials()
    measured = trials.measure()
    print("| what happened | s | requests | failed | p50 ms | p99 ms | longest ms | ready again after s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    trials.load = Load(trials.log, trials.task, MEASURED, MEASURED + job["students"], PAUSE_S)
    deeds = {
        "nothing": lambda: time.sleep(job["outage_s"]),
        "rolling restart": trials.restart,
        "a copy killed": trials.kill,
        "object store gone": trials.lose_store,
        "a copy cut off from the database": trials.part,
        "database failed over": trials.fail_over,
    }
    for name, deed in deeds.items():
        trials.trial(name, deed)
    trials.log.phase = "end"
    trials.load.stop()
    trials.load.students += measured.students
    trials.load.gave_up += measured.gave_up
    faults = verdict.faults(trials, trials.standby)
    trials.looking.set()
    if any(status == 0 or status >= 500 for _, status, _ in trials.log.of("rolling restart")):
        faults.append("a request failed during the rolling restart")
    for fault in faults:
        print(f"FAULT: {fault}")
    sys.exit(1 if faults else 0)


main()
