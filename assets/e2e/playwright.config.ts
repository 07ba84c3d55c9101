// Browser tests against the real program, on a Postgres and a Redis of their
// own: `make test-e2e`.

import { defineConfig } from '@playwright/test'
import { chromium } from './chromium.ts'

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './setup.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // A merge does not wait for one press in ten thousand; who needed it is listed as flaky. By hand none is tried again.
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: chromium,
    screenshot: 'only-on-failure', // ARGS="--trace on" records everything, and slows it down
  },
})
