// What machine the browser runs on, as far as keys differ by it.

export const isMac = typeof navigator === 'object' && /mac|iphone|ipad/i.test(navigator.platform)
