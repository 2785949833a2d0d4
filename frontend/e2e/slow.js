// `cargo xtask slow`: how long a student waits on a slow phone, for the login form and for the verdict on a photo. All that
// the browser loads, its workers too, comes through a relay with the line's speed; DevTools slows the page's processor.
import net from 'node:net';
import { chromium } from '@playwright/test';
import { PHONE, launchOptions } from './support/browser.js';
import { people } from './support/people.js';
import { advanceClock, origin, portrait } from './support/product.js';
import { Student } from './support/student.js';

/** The line: 400 kbit/s each way, 400 ms a round trip. */
const BYTES_PER_MS = 400_000 / 8 / 1000;
const ONE_WAY_MS = 200;
/** How many times slower the page's processor is. */
const SLOWER = 6;
/** How long a student reads what a photo must look like before choosing one, in milliseconds. */
const READING_MS = 20_000;
const RUNS = Number(process.env.RUNS ?? 3);
/** The largest piece that waits for its turn as one. */
const PIECE = 1460;
const { hostname, port } = new URL(origin);

/** One direction of the line, which all connections share: pieces go one after another, and arrive later. */
class Line {
  #free = 0;

  /** Calls `sent` when a piece of so many bytes has left and `deliver` when it has arrived. */
  send(bytes, deliver, sent = () => {}) {
    const now = performance.now();
    this.#free = Math.max(this.#free, now) + bytes / BYTES_PER_MS;
    setTimeout(sent, this.#free - now);
    setTimeout(deliver, this.#free - now + ONE_WAY_MS);
  }
}

/** Passes on what comes, in pieces, and the end after them. A connection that has filled its share of the line waits, so that
 * the others have theirs: a line has no endless memory. */
function pass(from, to, line) {
  let waiting = 0;
  from.on('data', (data) => {
    for (let start = 0; start < data.length; start += PIECE) {
      const piece = data.subarray(start, start + PIECE);
      waiting += 1;
      const sent = () => {
        waiting -= 1;
        if (waiting === 0) {
          from.resume();
        }
      };
      line.send(piece.length, () => to.writable && to.write(piece), sent);
    }
    from.pause();
  });
  from.on('end', () => line.send(0, () => to.end()));
  from.on('error', () => to.destroy());
}

/** A SOCKS 5 proxy that leads to the product alone. */
function proxy() {
  const [up, down] = [new Line(), new Line()];
  const server = net.createServer((client) => {
    client.once('data', () => {
      client.write(Buffer.from([5, 0]));
      client.once('data', () => {
        const product = net.connect(Number(port), hostname, () => {
          // The connection itself takes a round trip.
          setTimeout(() => {
            client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
            pass(client, product, up);
            pass(product, client, down);
          }, 2 * ONE_WAY_MS);
        });
        product.on('error', () => client.destroy());
      });
    });
    client.on('error', () => client.destroy());
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(server));
  });
}

/** A browser that has never been here, behind the line. */
async function open(server) {
  const args = [...launchOptions.args, `--proxy-server=socks5://127.0.0.1:${server.address().port}`, '--proxy-bypass-list=<-loopback>'];
  const browser = await chromium.launch({ ...launchOptions, args });
  const page = await (await browser.newContext({ ...PHONE, baseURL: origin })).newPage();
  page.setDefaultTimeout(180_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return { browser, page };
}

const seconds = (ms) => (ms / 1000).toFixed(1);

/** Until the field for the phone can be typed into. */
async function loginForm(server) {
  const { browser, page } = await open(server);
  const began = performance.now();
  await page.goto('/login', { waitUntil: 'commit' });
  await page.locator('#phone').waitFor();
  const took = performance.now() - began;
  await browser.close();
  return took;
}

/** Who has not been here yet: each comes along the whole way, from login over school and identity. */
const newcomers = [people.lu, people.zhang, people.li, people.wang, people.gulimire, people.chen, people.zhou, people.ma];

/** From choosing a photo to its verdict; the student came along the whole way without a pause, and read for a while or not at
 * all. */
async function verdict(server, readsFor) {
  const person = newcomers.shift();
  if (!person) {
    throw new Error(`RUNS is at most 4: a student comes along the whole way once`);
  }
  await advanceClock(3600);
  const { browser, page } = await open(server);
  const student = new Student(page, person);
  await student.comeToPhoto();
  await page.waitForTimeout(readsFor);
  const began = performance.now();
  await student.field(student.words.pick).setInputFiles(portrait);
  await page.locator('.verdict.good, .verdict.warn, .verdict.bad').first().waitFor();
  const took = performance.now() - began;
  await browser.close();
  return took;
}

const server = await proxy();
for (const [name, measure] of [
  ['the login form', loginForm],
  ['the verdict, chosen at once', (line) => verdict(line, 0)],
  [`the verdict, chosen after ${READING_MS / 1000} s of reading`, (line) => verdict(line, READING_MS)],
]) {
  const took = [];
  for (let run = 0; run < RUNS; run += 1) {
    took.push(seconds(await measure(server)));
  }
  console.log(`${name}: ${took.join(', ')} s`);
}
server.close();
