import { apply, compose, type Delta, transform } from '../notes/delta.ts'
import type { Values } from '../notes/note.ts'
import type { Guard, GuardBook } from './guards.ts'

/** One thing that an undo does. */
export type Action =
  | { kind: 'set'; note: string; set: Partial<Values>; guards: Guard[] }
  | { kind: 'text'; note: string; delta: Delta } // on the shown text with later steps undone
  | { kind: 'delete'; note: string; guards: Guard[] }
  | { kind: 'restore'; note: string }
  | { kind: 'board'; name: string; guards: Guard[] }

/** What one undo takes back, in the order in which it was done. */
export interface Step {
  actions: Action[]
  typing?: { note: string; at: number } // a burst of typing that may still grow
}

const mostSteps = 200

/** The steps that can be undone or redone: own ones only. */
export class History {
  private readonly done: Step[] = []
  private readonly undone: Step[] = []
  private readonly known = new WeakMap<Action[], Map<string, Action>>() // of steps that grow, so that none is looked for among thousands

  constructor(private readonly guards: GuardBook) {}

  get canUndo(): boolean {
    return this.done.length > 0
  }

  get canRedo(): boolean {
    return this.undone.length > 0
  }

  /** All steps, the oldest first, to be kept over a reload. */
  get steps(): { readonly done: readonly Step[]; readonly undone: readonly Step[] } {
    return { done: this.done, undone: this.undone }
  }

  /** The last step done, if nothing was undone after it. */
  get last(): Step | undefined {
    return this.undone.length === 0 ? this.done.at(-1) : undefined
  }

  /** Notes a new step of the person; what was undone is forgotten. */
  push(step: Step): void {
    this.forget(this.undone.splice(0))
    this.pushRedone(step)
    this.forgetOldest()
  }

  /** Puts the steps of the page before under those of this one. What it had undone is forgotten once there is a newer step. */
  inherit(done: Step[], undone: Step[]): void {
    const isUntouched = !this.canUndo && !this.canRedo
    this.guards.track(guardsOf(done))
    this.done.unshift(...done)
    if (isUntouched) {
      this.guards.track(guardsOf(undone))
      this.undone.push(...undone)
    } else {
      this.guards.untrack(guardsOf(undone))
    }
    this.forgetOldest()
  }

  private forgetOldest(): void {
    this.forget(this.done.splice(0, this.done.length - mostSteps))
  }

  /** What a note's shown text would be without the steps done. */
  textBelow(note: string, shown: string): string {
    const actions = this.done.flatMap((step) => step.actions).toReversed()
    return actions.reduce((text, a) => (a.kind === 'text' && a.note === note ? apply(a.delta, text) : text), shown)
  }

  /** Belongs to the last step; becomes a step when there is none. */
  join(actions: Action[], typing?: Step['typing']): void {
    const step = this.last
    if (!step) return this.push(typing ? { actions, typing } : { actions })
    for (const action of actions) {
      this.guards.track(guardsIn(action))
      this.merge(step, action)
    }
    if (typing) step.typing = typing
  }

  private merge(step: Step, action: Action): void {
    const known = this.knownIn(step.actions)
    const made = known.has(nameOf('delete', noteOf(action)))
    if (made && action.kind === 'text') return
    if (made && action.kind === 'set') return this.guards.untrack(action.guards)
    const name = nameOf(action.kind, noteOf(action))
    const host = known.get(name)
    if (host?.kind === 'set' && action.kind === 'set') return this.mergeSet(host, action)
    if (host?.kind === 'text' && action.kind === 'text') {
      host.delta = compose(action.delta, host.delta)
      return
    }
    if (host?.kind === 'board' && action.kind === 'board') return this.renew(host.guards, action.guards)
    step.actions.push(action)
    known.set(name, action)
  }

  /** The first action of each kind on each note. */
  private knownIn(actions: Action[]): Map<string, Action> {
    let known = this.known.get(actions)
    if (!known) this.known.set(actions, (known = new Map(actions.toReversed().map((a) => [nameOf(a.kind, noteOf(a)), a]))))
    return known
  }

  /** The first value stays what the undo goes back to; the last write is what it waits for. */
  private mergeSet(host: Action & { kind: 'set' }, action: Action & { kind: 'set' }): void {
    host.set = { ...action.set, ...host.set }
    const known = new Set(host.guards.map((g) => g.field))
    this.renew(host.guards, action.guards)
    const more = action.guards.filter((g) => !known.has(g.field))
    this.guards.track(more)
    host.guards.push(...more)
  }

  private renew(old: Guard[], fresh: Guard[]): void {
    for (const g of old) g.key = fresh.find((f) => f.field === g.field)?.key ?? g.key
    this.guards.untrack(fresh)
  }

  /** Forgets the last step if all of it has come to nothing. */
  forgetIdle(isIdle: (action: Action) => boolean): void {
    if (this.last?.actions.every(isIdle)) this.forget(this.done.splice(-1))
  }

  /** Takes the step to be undone. */
  takeDone(): Step | undefined {
    return this.take(this.done)
  }

  /** Takes the step to be redone. */
  takeUndone(): Step | undefined {
    return this.take(this.undone)
  }

  private take(steps: Step[]): Step | undefined {
    const step = steps.pop()
    if (step) this.forget([step])
    return step
  }

  /** Notes what takes back an undo. */
  pushUndone(step: Step): void {
    this.guards.track(guardsOf([step]))
    this.undone.push(step)
  }

  /** Notes what takes back a redo. */
  pushRedone(step: Step): void {
    this.guards.track(guardsOf([step]))
    this.done.push(step)
  }

  /** Carries all steps over a change of a shown text that is not one of them. */
  patched(note: string, delta: Delta): void {
    for (const steps of [this.done, this.undone]) carry(steps, note, delta)
  }

  /**
   * An erasing in this note came to nothing. To take it back would write the words a
   * second time, and what else the steps write in it reads on a text that never was.
   */
  forgetText(note: string): void {
    for (const steps of [this.done, this.undone]) withoutText(steps, note)
  }

  private forget(steps: Step[]): void {
    this.guards.untrack(guardsOf(steps))
  }

  /** Forgets everything. */
  clear(): void {
    this.forget(this.done.splice(0))
    this.forget(this.undone.splice(0))
  }
}

/** The guards of the steps' actions. */
export function guardsOf(steps: readonly Step[]): Guard[] {
  return steps.flatMap((step) => step.actions.flatMap(guardsIn))
}

function guardsIn(action: Action): Guard[] {
  return 'guards' in action ? action.guards : []
}

/** The note that an action is about; '' is the board. */
export function noteOf(action: Action): string {
  return action.kind === 'board' ? '' : action.note
}

/** What an action does to which note. */
function nameOf(kind: Action['kind'], note: string): string {
  return `${kind} ${note}`
}

/** Takes what the steps write in a note out of them. */
export function withoutText(steps: Step[], note: string): void {
  for (const step of steps) step.actions = step.actions.filter((a) => a.kind !== 'text' || a.note !== note)
  steps.splice(0, steps.length, ...steps.filter((step) => step.actions.length > 0))
}

/** From the newest step to the oldest, each reading on the text with the newer ones taken back. */
export function carry(steps: readonly Step[], note: string, delta: Delta): void {
  let patch = delta
  for (let i = steps.length - 1; i >= 0 && patch.length > 0; i--) {
    for (const action of steps[i]?.actions.toReversed() ?? []) {
      if (action.kind !== 'text' || action.note !== note) continue
      const mine = action.delta
      action.delta = transform(mine, patch, 'second')
      patch = transform(patch, mine, 'first')
    }
  }
}
