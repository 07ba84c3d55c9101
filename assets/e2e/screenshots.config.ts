// Pictures of the pages, to be looked at: `make screenshots`.

import { defineConfig } from '@playwright/test'
import tests from './playwright.config.ts'

export default defineConfig({ ...tests, testMatch: '*.shots.ts' })
