// The browser: the system's own Chromium, or else the one that Playwright has
// installed; told to keep to itself.

import { existsSync } from 'node:fs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

// The last switch of a kind wins, so what Playwright turns off is named again; then the two pages that
// Chromium keeps ready behind the address bar of every window, which cost as much as a board.
const OFF = [
  'AutoDeElevate', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'BoundaryEventDispatchTracksNodeRemoval', 'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider', 'GlobalMediaControls', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'OptimizationHints', 'PaintHolding',
  'RenderDocument', 'ThirdPartyStoragePartitioning', 'Translate',
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup',
]

export const chromium = {
  executablePath: process.env['CHROMIUM'] || PLACES.find((place) => existsSync(place)),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${OFF.join()}`,
  ],
}
