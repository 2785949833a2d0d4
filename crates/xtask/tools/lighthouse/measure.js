// `cargo xtask ratios web`: what Lighthouse says of the login page, as its mobile preset simulates a phone and its line. Prints one line for the
// points of performance and one for each figure that they are made of: the median and the range of all runs.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const { address, chromium, runs } = JSON.parse(process.argv[2]);
const FIGURES = {
  'first-contentful-paint': 'first contentful paint, ms',
  'largest-contentful-paint': 'largest contentful paint, ms',
  'total-blocking-time': 'total blocking time, ms',
  'cumulative-layout-shift': 'cumulative layout shift',
  'speed-index': 'speed index, ms',
};

/** Opens the page once, in a browser of its own. */
async function open() {
  const chrome = await launch({
    chromePath: chromium,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const options = { port: chrome.port, onlyCategories: ['performance'], logLevel: 'error' };
    const { lhr } = await lighthouse(address, options);
    if (lhr.runtimeError) {
      throw new Error(lhr.runtimeError.message);
    }
    return lhr;
  } finally {
    chrome.kill();
  }
}

function print(name, values, rest = '') {
  const sorted = values.toSorted((one, other) => one - other);
  const [least, median, greatest] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((at) => sorted[at].toFixed(2));
  console.log(`${name}  ${median} (${least} to ${greatest})  ${rest}`);
}

const results = [];
for (let run = 0; run < runs; run += 1) {
  results.push(await open());
}
const version = results[0].lighthouseVersion;
print('R6 Lighthouse mobile', results.map((result) => result.categories.performance.score * 100), `points of 100, version ${version}`);
for (const [audit, name] of Object.entries(FIGURES)) {
  print(name, results.map((result) => result.audits[audit].numericValue));
}
