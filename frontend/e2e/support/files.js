// Files to choose: pictures made by the browser, and damaged ones.
import { copyFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { portrait } from './product.js';

/** Where large files lie; the browser's protocol does not carry them. */
const FOLDER = new URL('../results/', import.meta.url).pathname;
/** All of the portrait, as a part of it. */
export const WHOLE = [0, 0, 1, 1];
/** What is behind the picture in many phones' files. */
const BEHIND = 12 * 1024 * 1024;
/** EXIF of one entry: the picture is to be turned to the right by a quarter. */
const TURNED = Buffer.concat([
  Buffer.from([0xff, 0xe1, 0, 34]),
  Buffer.from('Exif\0\0MM\0*'),
  Buffer.from([0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]),
]);

/** The portrait as a file of yesterday. */
export function oldPortrait() {
  mkdirSync(FOLDER, { recursive: true });
  const [path, yesterday] = [`${FOLDER}yesterday.jpg`, new Date(Date.now() - 24 * 3600 * 1000)];
  copyFileSync(portrait, path);
  utimesSync(path, yesterday, yesterday);
  return path;
}

/** A picture of nothing but light blue, made by the browser. */
export async function emptyPicture(page) {
  const address = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [600, 800];
    const context = canvas.getContext('2d');
    context.fillStyle = 'lightblue';
    context.fillRect(0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/jpeg', 0.95);
  });
  return { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: decoded(address) };
}

/**
 * The portrait as another camera would have taken it: a part of it (left, top, width, height, in shares of it) in so many
 * pixels, turned clockwise by so many quarters.
 */
export async function portraitPart(page, part, size, { quarters = 0, type = 'image/jpeg', quality = 0.92 } = {}) {
  const data = readFileSync(portrait).toString('base64');
  const draw = async (wanted) => {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(wanted.data), (letter) => letter.charCodeAt(0))]));
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = wanted.quarters % 2 ? [...wanted.size].reverse() : wanted.size;
    const context = canvas.getContext('2d');
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate((wanted.quarters * Math.PI) / 2);
    const [left, top, width, height] = wanted.part;
    const scale = [wanted.size[0] / width, wanted.size[1] / height];
    context.translate(-wanted.size[0] / 2 - left * scale[0], -wanted.size[1] / 2 - top * scale[1]);
    // Where the part reaches beyond the portrait, the portrait's edges go on.
    const { naturalWidth: right, naturalHeight: bottom } = image;
    const across = [[0, 1, -scale[0]], [0, right, 0], [right - 1, 1, scale[0]]];
    const down = [[0, 1, -scale[1]], [0, bottom, 0], [bottom - 1, 1, scale[1]]];
    for (const [x, columns, toX] of across) {
      for (const [y, rows, toY] of down) {
        context.drawImage(image, x, y, columns, rows, toX, toY, ...scale);
      }
    }
    return canvas.toDataURL(wanted.type, wanted.quality);
  };
  const buffer = decoded(await page.evaluate(draw, { data, part, size, quarters, type, quality }));
  return { name: type === 'image/png' ? 'part.png' : 'part.jpg', mimeType: type, buffer };
}

/** The portrait in so many pixels that a browser makes it smaller before it is sent. */
export async function largePortrait(page) {
  return portraitPart(page, WHOLE, [1800, 2400]);
}

/** The portrait as a file of 48 megapixels and more than 10 MB, lying on its side as phones write it; gives its path. */
export async function hugePortrait(page) {
  const { buffer: picture } = await portraitPart(page, WHOLE, [6000, 8000], { quarters: 3, quality: 0.8 });
  const file = `${FOLDER}huge.jpg`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, Buffer.concat([picture.subarray(0, 2), TURNED, picture.subarray(2), Buffer.alloc(BEHIND)]));
  return file;
}

/** A JPEG file whose tables make no sense; its parts are all there. */
export function damaged(file) {
  const broken = Buffer.from(file);
  const table = broken.indexOf(Buffer.from([0xff, 0xc4]));
  broken.fill(0xff, table + 5, table + 21);
  return broken;
}

function decoded(address) {
  return Buffer.from(address.split(',')[1], 'base64');
}
