// Solves a challenge of the captcha in a worker: finds the number whose SHA-256 behind the salt is the challenge.

/** How many hashes are on their way at a time: waiting for each alone takes most of the time. */
const BATCH = 512;

const hex = (hash) => Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function solve({ challenge, salt, max }) {
  const encoder = new TextEncoder();
  for (let from = 0; from <= max; from += BATCH) {
    const count = Math.min(BATCH, max - from + 1);
    const numbers = Array.from({ length: count }, (_, index) => from + index);
    const hashes = await Promise.all(
      numbers.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(`${salt}${number}`))),
    );
    const found = hashes.findIndex((hash) => hex(hash) === challenge);
    if (found >= 0) {
      return postMessage(numbers[found]);
    }
    // A text tells how far it is in percent, a number is the solution.
    postMessage(String(Math.round((100 * from) / max)));
  }
  throw new Error("the challenge has no solution");
}

onmessage = ({ data }) => {
  solve(data).catch((error) => setTimeout(() => { throw error; }));
};
