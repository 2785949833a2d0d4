// A second product beside the one with sample data: an installation as a bureau has it at first, with nothing in it.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { told } from './product.js';
import { expect } from './test.js';

/** So many times as many requests are allowed as in production: everything comes from one address. */
const RATE_FACTOR = '1000';

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Lays out an empty folder for data, and the configuration of the first product under an address of its own. */
async function layOut(origin, sample) {
  const data = path.join(path.dirname(sample.data), 'installation');
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  const config = path.join(data, 'gradphoto.toml');
  const text = await readFile(sample.config, 'utf8');
  await writeFile(config, text.replace(/^public_origin = .*$/m, `public_origin = "${origin}"`));
  return ['--data', data, '--config', config];
}

/** An installation without data, that nobody has started yet. */
export async function install() {
  const [program, ...given] = JSON.parse(told('GRADPHOTO_COMMAND'));
  const after = (word) => given[given.indexOf(word) + 1];
  const [port, opsPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  const basics = await layOut(origin, { data: after('--data'), config: after('--config') });
  const isReady = async () => {
    const answer = await fetch(`http://127.0.0.1:${opsPort}/readyz`).catch(() => ({ ok: false }));
    return answer.ok;
  };
  let server;
  return {
    origin,
    /** What is done at the command line. */
    run: async (...words) => (await promisify(execFile)(program, [...words, ...basics])).stdout,
    /** Starts the server and waits for it. */
    start: async () => {
      const listening = ['--bind', `127.0.0.1:${port}`, '--ops-bind', `127.0.0.1:${opsPort}`];
      const words = ['serve', ...basics, ...listening, '--drain-delay', '0', '--web', told('GRADPHOTO_WEB')];
      server = spawn(program, words, { env: { ...process.env, GRADPHOTO_RATE_FACTOR: RATE_FACTOR } });
      const log = createWriteStream(path.join(basics[1], 'gradphoto.log'));
      server.stdout.pipe(log, { end: false });
      server.stderr.pipe(log, { end: false });
      await expect.poll(isReady, 'the installation is ready').toBe(true);
    },
    /** Stops the server; how it ended. */
    stop: async () => {
      if (!server || server.exitCode !== null) {
        return server?.exitCode;
      }
      server.kill('SIGTERM');
      const [code] = await once(server, 'exit');
      return code;
    },
  };
}
