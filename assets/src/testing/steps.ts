import { FakeClock } from './clock.ts'

/** One thing that happens in a simulation. What exactly it does follows from its own chance alone. */
export interface Step {
  readonly kind: StepKind
  readonly chance: readonly number[] // each from 0 up to 1
  readonly pause: number // ms afterwards
}

// What people do, and what befalls them, with how often.
const first = {
  create: 9, type: 32, erase: 8, move: 13, group: 5, colour: 4, delete: 4, rename: 3, undo: 7, redo: 4, wait: 3,
  'put back': 3, discard: 1,
  cut: 2, 'half-open': 1, down: 2, reload: 3, drain: 1, 'lose events': 1, 'repeat events': 1, resync: 1, 'forget log': 2,
  viewer: 1, backup: 1, restore: 1, replaced: 0.5,
} as const

const all = { ...first, frame: 3, connect: 5, reconnect: 3, lock: 7, extras: 7 } as const

/** What steps are drawn from, and how often: `first` is what the regressions' seeds were drawn from. */
export const habits = { first, all }

type Habits = Readonly<Partial<Record<StepKind, number>>>

export type StepKind = keyof typeof all

export const stepKinds = Object.keys(all) as StepKind[]

/** The steps of a seed; another chance than that of the network, so that a step left out changes no other. */
export function plan(seed: number, length = 45, from: Habits = habits.all): Step[] {
  const chance = new FakeClock(seed ^ 0x5eed)
  return Array.from({ length }, () => ({
    kind: drawn(chance.random(), from),
    chance: Array.from({ length: 8 }, () => chance.random()),
    pause: chance.pick(130),
  }))
}

function drawn(at: number, from: Habits): StepKind {
  let left = at * Object.values(from).reduce((sum, n) => sum + n, 0)
  return stepKinds.find((kind) => (left -= from[kind] ?? 0) < 0) ?? 'wait'
}

/** Leaves out as many steps as it can while the rest still fails. */
export async function shrink(steps: readonly Step[], fails: (steps: readonly Step[]) => Promise<boolean>): Promise<readonly Step[]> {
  let best = steps
  for (let size = Math.ceil(best.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.length; ) {
      const fewer = [...best.slice(0, at), ...best.slice(at + size)]
      if (await fails(fewer)) best = fewer
      else at += size
    }
  }
  return best
}
