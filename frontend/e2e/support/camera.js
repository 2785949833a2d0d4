// A camera that sees a film of the portrait, one that nobody may use, and what tests of the photo page hold back and note.
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { launchOptions } from './browser.js';
import { portraitPart } from './files.js';

/** Where films lie: Chromium plays JPEG files, one after another, again and again. */
const FILMS = new URL('../results/', import.meta.url).pathname;

/** How to start a browser whose camera sees the film of this name; `film` makes it before the camera is opened. */
export function seesFilm(name) {
  return started('--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${filmOf(name)}`);
}

/** Makes a film of a part of the portrait, as `portraitPart` has it. */
export async function film(name, part) {
  const browser = await chromium.launch(launchOptions);
  const { buffer } = await portraitPart(await browser.newPage(), part, [1200, 1600]);
  await browser.close();
  mkdirSync(FILMS, { recursive: true });
  writeFileSync(filmOf(name), Buffer.concat([buffer, buffer]));
}

function filmOf(name) {
  return `${FILMS}${name}.mjpeg`;
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
