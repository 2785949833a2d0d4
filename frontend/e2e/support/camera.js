// A camera that sees the portrait, and one that nobody may use.
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

/** How to start a browser that refuses the camera to every page. */
export function refusesCamera() {
  return started('--use-fake-ui-for-media-stream=deny');
}

function started(...args) {
  return { ...launchOptions, args: [...launchOptions.args, '--use-fake-device-for-media-stream', ...args] };
}
