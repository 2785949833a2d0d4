// How the tests run; `cargo xtask test --only browser` starts the product and says by the environment where it is.
import { defineConfig } from '@playwright/test';
import { PHONE, launchOptions } from './support/browser.js';
import { origin } from './support/product.js';

const MOVES_THE_CLOCK = [
  'advice.spec.js',
  'axe.spec.js',
  'camera.spec.js',
  'channel.spec.js',
  'chunk.spec.js',
  'clock.spec.js',
  'console.spec.js',
  'drafts.spec.js',
  'forms.spec.js',
  'frame.spec.js',
  'installation.spec.js',
  'integrators.spec.js',
  'language.spec.js',
  'lost-phone-approval.spec.js',
  'network.spec.js',
  'pages.spec.js',
  'refund.spec.js',
  'refused.spec.js',
  'sessions.spec.js',
  'tasks.spec.js',
  'tolerance.spec.js',
];

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  reporter: 'list',
  fullyParallel: true,
  workers: 2,
  // A test that passes at the second try has found a defect.
  retries: 0,
  forbidOnly: true,
  // Against hanging, also where a slow machine does other work.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // A recording takes a picture at each step of every test, so it is made on demand.
  use: { ...PHONE, baseURL: origin, launchOptions, trace: process.env.GRADPHOTO_TRACE ?? 'off' },
  projects: [
    { name: 'together', testIgnore: [...MOVES_THE_CLOCK, 'aim.spec.js', 'review.spec.js', 'review-day.spec.js'] },
    // Its student has a photo once the others are through.
    { name: 'aim', testMatch: 'aim.spec.js', workers: 1, dependencies: ['together'] },
    // The clock is everybody's, so whoever moves it runs alone and last.
    { name: 'clock', testMatch: MOVES_THE_CLOCK, workers: 1, fullyParallel: false, dependencies: ['together', 'aim'] },
    // It decides about every photo that the others left.
    { name: 'review', testMatch: 'review.spec.js', workers: 1, dependencies: ['clock'] },
    // It begins with an empty queue, and adds a school whose photos nobody else expects.
    { name: 'review-day', testMatch: 'review-day.spec.js', workers: 1, dependencies: ['review'] },
  ],
});
