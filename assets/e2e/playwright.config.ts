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
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: chromium,
    screenshot: 'only-on-failure', // ARGS="--trace on" records everything, and slows it down
  },
})
