"""The pages of a student as one would write them in Python: FastAPI on uvicorn with uvloop and httptools, one joined statement a
page, the standard library's SQLite or asyncpg, tokens signed with Ed25519.

Arguments: the port, the database (`sqlite:FILE`, opened for reading, or `postgres://…`). It reads the rows of the only account
that has an enrolment. Sealed columns cannot be opened without our key: for each, a value of its own of that length is
decrypted, so that the work is the same.
"""

import datetime
import json
import os
import sqlite3
import sys

import asyncpg
import jwt
import uvicorn
from contextlib import asynccontextmanager
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel

PORT, DATABASE = int(sys.argv[1]), sys.argv[2]
KEY = Ed25519PrivateKey.generate()
SEALER = AESGCM(AESGCM.generate_key(256))
SEALED = {length: (nonce, SEALER.encrypt(nonce, b"x" * length, b"")) for length in range(1, 400) for nonce in [os.urandom(12)]}
IS_SQLITE = DATABASE.startswith("sqlite:")
state = {}


def opened(sealed):
    """What a sealed column holds; decrypts a value of that length."""
    if sealed is None:
        return None
    length = min(max(len(sealed) - 40, 1), 399)
    nonce, text = SEALED[length]
    return SEALER.decrypt(nonce, text, b"").decode()


async def rows(sql, *arguments):
    if IS_SQLITE:
        return state["connection"].execute(sql, arguments).fetchall()
    for number in range(len(arguments)):
        sql = sql.replace("?", f"${number + 1}", 1)
    async with state["pool"].acquire() as connection:
        return await connection.fetch(sql, *arguments)


@asynccontextmanager
async def lifespan(_app):
    if IS_SQLITE:
        file = DATABASE.removeprefix("sqlite:")
        state["connection"] = sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)
        state["connection"].row_factory = sqlite3.Row
    else:
        state["pool"] = await asyncpg.create_pool(DATABASE, min_size=2, max_size=4)
    state["account"] = (await rows("SELECT account_id FROM enrolments LIMIT 1"))[0][0]
    yield


app = FastAPI(lifespan=lifespan)


class Me(BaseModel):
    id: str
    phone: str
    language: str
    email: str | None
    address: str | None
    created_at: str
    version: int


class Line(BaseModel):
    code: str
    amount_fen: int


class Photo(BaseModel):
    id: str
    state: str
    number: int
    created_at: str


class Order(BaseModel):
    order_no: str
    state: str
    due_fen: int
    list_fen: int
    refunded_fen: int
    payer_kind: str
    school: str
    task: str
    level: str
    name: str
    student_no: str | None
    contact: str
    due_until: str
    created_at: str
    paid_at: str | None
    version: int
    photo: Photo | None
    lines: list[Line]


class CheckedPhoto(Photo):
    verdict: dict


class Enrolment(BaseModel):
    id: str
    school: str
    task: str
    settings: dict
    level: str
    name: str
    student_no: str | None
    created_at: str
    photo: CheckedPhoto | None
    order: Order | None


class Orders(BaseModel):
    items: list[Order]


class Enrolments(BaseModel):
    items: list[Enrolment]


class Status(BaseModel):
    order_no: str
    state: str
    paid_at: str | None
    is_pending: bool


def person(authorization: str = Header()):
    try:
        return jwt.decode(authorization.removeprefix("Bearer "), KEY.public_key(), algorithms=["EdDSA"])["sub"]
    except jwt.PyJWTError:
        raise HTTPException(401)


@app.get("/token")
async def token():
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    return jwt.encode({"sub": "student", "exp": until}, KEY, algorithm="EdDSA")


@app.get("/me")
async def me(_: str = Depends(person)) -> Me:
    row = (await rows("SELECT * FROM accounts WHERE id = ?", state["account"]))[0]
    return Me(
        id=text_id(row["id"]),
        phone=opened(row["phone_sealed"]),
        language=row["language"],
        email=opened(row["email_sealed"]),
        address=opened(row["address_sealed"]),
        created_at=str(row["created_at"]),
        version=row["version"],
    )


def text_id(value):
    return value.hex() if isinstance(value, bytes) else value.hex


def photo_facts(row):
    return dict(id=text_id(row["photo_id"]), state=row["photo_state"], number=row["photo_number"], created_at=str(row["photo_at"]))


def photo_of(row):
    return None if row["photo_id"] is None else Photo(**photo_facts(row))


LIVE_PHOTO = """LEFT JOIN photos p ON p.id = (SELECT id FROM photos WHERE school_id = n.school_id AND enrolment_id = n.id
    ORDER BY number DESC LIMIT 1)"""
PHOTO_COLUMNS = "p.id AS photo_id, p.state AS photo_state, p.number AS photo_number, p.created_at AS photo_at"
ORDERS = f"""SELECT o.*, s.name AS school, t.name AS task, r.level, r.name_sealed, r.student_no_sealed, {PHOTO_COLUMNS}
    FROM orders o JOIN enrolments n ON n.id = o.enrolment_id JOIN roster_entries r ON r.id = n.entry_id
    JOIN tasks t ON t.id = o.task_id JOIN schools s ON s.id = o.school_id {LIVE_PHOTO}"""
LINES = "SELECT l.* FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE {} ORDER BY l.order_id, l.position"


async def orders_where(condition, argument):
    found = await rows(f"{ORDERS} WHERE {condition} ORDER BY o.created_at DESC LIMIT 50", argument)
    lines = await rows(LINES.format(condition), argument)
    return [order_of(row, lines, row["id"], row["state"], row["created_at"]) for row in found]


def order_of(row, lines, order_id, state, created_at):
    return Order(
        order_no=row["order_no"],
        state=state,
        due_fen=row["due_fen"],
        list_fen=row["list_fen"],
        refunded_fen=row["refunded_fen"],
        payer_kind=row["payer_kind"],
        school=row["school"],
        task=row["task"],
        level=row["level"],
        name=opened(row["name_sealed"]),
        student_no=opened(row["student_no_sealed"]),
        contact=opened(row["contact_sealed"]),
        due_until=str(row["due_until"]),
        created_at=str(created_at),
        paid_at=row["paid_at"] and str(row["paid_at"]),
        version=row["version"],
        photo=photo_of(row),
        lines=[Line(code=line["code"], amount_fen=line["amount_fen"]) for line in lines if line["order_id"] == order_id],
    )


@app.get("/me/orders")
async def list_orders(_: str = Depends(person)) -> Orders:
    return Orders(items=await orders_where("o.account_id = ?", state["account"]))


@app.get("/orders/{order_no}")
async def get_order(order_no: str, _: str = Depends(person)) -> Order:
    return (await orders_where("o.order_no = ?", order_no))[0]


@app.get("/orders/{order_no}/payment-status")
async def get_status(order_no: str, _: str = Depends(person)) -> Status:
    sql = """SELECT o.order_no, o.state, o.paid_at, a.state AS attempt FROM orders o LEFT JOIN payment_attempts a ON a.order_id = o.id
        AND a.state = 'pending' WHERE o.order_no = ? AND o.account_id = ?"""
    row = (await rows(sql, order_no, state["account"]))[0]
    return Status(order_no=row["order_no"], state=row["state"], paid_at=row["paid_at"] and str(row["paid_at"]), is_pending=row["attempt"] is not None)


ENROLMENTS = f"""SELECT n.id, n.created_at, s.name AS school, t.name AS task, t.settings, r.level, r.name_sealed, r.student_no_sealed,
    p.verdict, {PHOTO_COLUMNS}, o.id AS order_id, o.state AS order_state, o.created_at AS order_at, o.order_no, o.due_fen, o.list_fen,
    o.refunded_fen, o.payer_kind, o.contact_sealed, o.due_until, o.paid_at, o.version
    FROM enrolments n JOIN roster_entries r ON r.id = n.entry_id JOIN tasks t ON t.id = n.task_id JOIN schools s ON s.id = n.school_id
    {LIVE_PHOTO} LEFT JOIN orders o ON o.enrolment_id = n.id WHERE n.account_id = ? ORDER BY n.created_at DESC LIMIT 50"""


def enrolment_of(row, lines):
    photo = row["photo_id"] and CheckedPhoto(**photo_facts(row), verdict=json.loads(row["verdict"]))
    order = row["order_id"] and order_of(row, lines, row["order_id"], row["order_state"], row["order_at"])
    return Enrolment(
        id=text_id(row["id"]),
        school=row["school"],
        task=row["task"],
        settings=json.loads(row["settings"]),
        level=row["level"],
        name=opened(row["name_sealed"]),
        student_no=opened(row["student_no_sealed"]),
        created_at=str(row["created_at"]),
        photo=photo,
        order=order,
    )


@app.get("/me/enrolments")
async def list_enrolments(_: str = Depends(person)) -> Enrolments:
    found = await rows(ENROLMENTS, state["account"])
    lines = await rows(LINES.format("o.account_id = ?"), state["account"])
    return Enrolments(items=[enrolment_of(row, lines) for row in found])


uvicorn.run(app, host="127.0.0.1", port=PORT, loop="uvloop", http="httptools", access_log=False, log_level="warning")
