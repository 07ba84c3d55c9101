// The sides and corners that a frame is pulled at.

/** The eight handles by compass. */
export const EDGES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Edge = (typeof EDGES)[number]
