// Measurements in the browser: `make bench-browser`.

import { defineConfig } from '@playwright/test'
import tests from './playwright.config.ts'

export default defineConfig({ ...tests, testMatch: '*.bench.ts', workers: 1, fullyParallel: false, timeout: 120_000 })
