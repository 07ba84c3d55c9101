// Whether the person wants things to move.

const query = typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : null

export function prefersStill(): boolean {
  return query?.matches ?? false
}
