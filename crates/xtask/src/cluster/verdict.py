"""Whether the installation holds what was acknowledged to students, and did everything once."""

from student import PHOTO, sandbox


def faults(trials, database):
    """A sentence for everything that is lost, was done twice or does not agree; prints what was looked at."""
    students = trials.load.students
    found = [f"student {number} gave up during {phase!r}: {reason}" for number, phase, reason in trials.load.gave_up]
    orders = {number: state for number, state in database.ask("SELECT order_no, state FROM orders")}
    enrolments, photos = counted(students, "enrolment"), counted(students, "photo")
    for student in students:
        known = student.known
        if "order" in known and known["order"] not in orders:
            found.append(f"the order {known['order']} was acknowledged and is gone")
        if "paid" in known and orders.get(known["order"]) != "paid":
            found.append(f"{known['order']} was paid and is {orders.get(known['order'])}")
        found += seen_by(student)
    for name, held in (("enrolments", enrolments), ("photos", photos)):
        (stored,) = database.ask(f"SELECT count(*) FROM {name}")[0]
        if int(stored) < held:
            found.append(f"{held} {name} were acknowledged, {stored} are stored")
    found += at_the_providers(orders, database)
    sent, wanted = len(sandbox("/inbox.json")["messages"]), int(database.ask("SELECT count(*) FROM sms_messages")[0][0])
    if sent > wanted:
        found.append(f"{sent} text messages came, {wanted} were wanted")
    for what, question in ONCE.items():
        twice = database.ask(question)
        found += [f"{what}: {row}" for row in twice]
    checked = trials.copies[0].command("audit", "verify")
    if checked[0]:
        found.append(f"gradphoto audit verify: {checked[1].strip()}")
    paid = sum("paid" in student.known for student in students)
    print(f"{len(students)} students: {enrolments} enrolments, {photos} photos read back, {len(orders)} orders, {paid} paid; {len(found)} faults")
    return found


def counted(students, what):
    return sum(what in student.known for student in students)


def seen_by(student):
    """What a student no longer sees of what was acknowledged."""
    known, browser, found = student.known, student.browser, []
    if "photo" in known:
        status, body = browser.send("photo?", "GET", f"/api/v1/photos/{known['photo']}/image?variant=original")
        if status == 401:
            browser.until("refresh", (204,), "POST", "/api/v1/auth/sessions/refresh")
            status, body = browser.send("photo?", "GET", f"/api/v1/photos/{known['photo']}/image?variant=original")
        if status != 200 or body != PHOTO:
            found.append(f"the photo of student {student.number} is not what was sent: {status}")
    if "address" in known:
        address = browser.until("me", (200,), "GET", "/api/v1/me")["address"]
        if address not in (known["address"], f"second {student.number}"):
            found.append(f"student {student.number} wrote {known['address']!r} and reads {address!r}")
    return found


def at_the_providers(orders, database):
    """Money that a provider took and no order has; or more than one order's worth."""
    attempts = {number: (order, state) for number, order, state in database.ask(
        "SELECT a.out_trade_no, o.order_no, a.state FROM payment_attempts a JOIN orders o ON o.id = a.order_id"
    )}
    found = []
    for trade in sandbox("/_ctl/state")["orders"]:
        if trade["paid_at"] is None:
            continue
        order = attempts.get(trade["out_trade_no"], (None, None))[0]
        if orders.get(order) != "paid":
            found.append(f"money came for {trade['out_trade_no']}, its order {order} is {orders.get(order)}")
    return found


ONCE = {
    "an order was paid twice": "SELECT object_id FROM events WHERE kind = 'order.paid' GROUP BY object_id HAVING count(*) > 1",
    "a payment was booked twice": "SELECT order_id FROM ledger WHERE delta_fen > 0 GROUP BY order_id HAVING count(*) > 1",
    "the ledger does not add up": "SELECT event_id FROM ledger GROUP BY event_id HAVING sum(delta_fen) <> 0",
    "more than one photo of an upload": "SELECT enrolment_id FROM photos GROUP BY enrolment_id HAVING count(*) > 1",
    "a job is dead": "SELECT kind, last_error FROM jobs WHERE dead_at IS NOT NULL",
    "an event has the place of another": "SELECT position FROM events WHERE position IS NOT NULL GROUP BY position HAVING count(*) > 1",
    "a case was opened": "SELECT kind FROM money_cases",
}
