// A camera that sees the portrait, one that nobody may use, and what tests of the photo page hold back and note.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { launchOptions } from './browser.js';
import { portrait } from './product.js';

/** Chromium plays a film of JPEG files, one after another, again and again. */
const FILM = new URL('../results/camera.mjpeg', import.meta.url).pathname;

/** How to start a browser whose camera sees the portrait. */
export function seesPortrait() {
  mkdirSync(new URL('.', `file://${FILM}`).pathname, { recursive: true });
  const frame = readFileSync(portrait);
  writeFileSync(FILM, Buffer.concat([frame, frame]));
  return started('--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${FILM}`);
}

/** How to start a browser whose camera sees what `film` puts into that file, before the camera is opened. */
export function seesFilm(name) {
  return started('--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${filmOf(name)}`);
}

/** Makes a film of one JPEG file. */
export function film(name, frame) {
  mkdirSync(new URL('.', `file://${FILM}`).pathname, { recursive: true });
  writeFileSync(filmOf(name), Buffer.concat([frame, frame]));
}

function filmOf(name) {
  return FILM.replace('camera.mjpeg', `${name}.mjpeg`);
}

/** How to start a browser that refuses the camera to every page. */
export function refusesCamera() {
  return started('--use-fake-ui-for-media-stream=deny');
}

/** From now on asking for the camera fails: by the error of this name, or since the page has no way to ask. */
export async function failsCamera(page, fault) {
  await page.evaluate((name) => {
    const hasCamera = name.endsWith('Error');
    const getUserMedia = () => Promise.reject(new DOMException('provoked', name));
    const devices = Object.assign(Object.create(MediaDevices.prototype), { getUserMedia });
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: hasCamera ? devices : undefined });
    Object.defineProperty(window, 'isSecureContext', { configurable: true, value: name !== 'insecure' });
  }, fault);
}

function started(...args) {
  return { ...launchOptions, args: [...launchOptions.args, '--use-fake-device-for-media-stream', ...args] };
}

/** Notes what the page sends: where the photo came from, and how large its file is. */
export async function noteForms(page) {
  await page.addInitScript(() => {
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function sendNoted(body) {
      if (body instanceof FormData) {
        window.noted = { source: body.get('source'), bytes: body.get('image').size };
      }
      return send.call(this, body);
    };
  });
  return () => page.evaluate(() => window.noted);
}

/** Keeps the networks back until the given function says whether they may come. */
export async function holdNetworks(page) {
  let decide;
  const decided = new Promise((resolve) => {
    decide = resolve;
  });
  await page.route('**/*.tflite', async (route) => ((await decided) ? route.continue() : route.abort()));
  return decide;
}
