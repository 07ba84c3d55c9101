import type { Clock } from '../clock.ts'
import { apply } from '../notes/apply.ts'
import { type Delta, length } from '../notes/delta.ts'
import { rounded } from '../notes/effect.ts'
import { type ValueField, valueOf } from '../notes/note.ts'
import { type Op, type SingleOp, singles } from '../notes/op.ts'
import { maxFrameBytes } from '../protocol.ts'
import { wireSize } from './frame.ts'
import type { Guard } from './guards.ts'
import type { Action, History, Step } from './history.ts'
import { inverseOf } from './inverse.ts'
import type { Entry } from './pending.ts'
import type { Rebase } from './rebase.ts'
import type { Rejected, SubmitOptions } from './types.ts'
import { opOf, type Plan, planOf, superseded, type Takeback } from './undo.ts'
import { wordsOfOp } from './words.ts'

const streamPace = 50 // ms between frames of a drag
const typingPace = 150 // ms that typed text waits for more
const typingBurst = 20 // characters that do not wait
const burstPause = 1_000 // ms of rest that end an undo step of typing
const batchBytes = maxFrameBytes - 1024 // a batch must fit into one frame
const guardBytes = 32 // that a guard adds to its op, as a base

/** What editing needs of its owner. */
export interface EditingHooks {
  mayEdit(): boolean
  rejected(r: Rejected): void
  /** When the last frame was sent. */
  lastSent(): number
  /** Something is pending that was not before. */
  changed(): void
}

/** The person's own edits: made on the view, pending from then on, undone and redone. */
export class Editing {
  constructor(
    private readonly rebase: Rebase,
    private readonly history: History,
    private readonly clock: Clock,
    private readonly hooks: EditingHooks,
  ) {}

  /** Makes an edit. A batch that does not fit into a frame becomes several, one undo step together. */
  submit(op: Op, options: SubmitOptions = {}): void {
    let undo = options.undo ?? 'step'
    for (const part of fitting(op)) {
      const made = this.make(part, { ...options, undo })
      if (made && undo === 'step') undo = 'join'
    }
    this.hooks.changed()
  }

  /** Types: a delta on the text that is shown. What is pasted is a step of its own. */
  text(note: string, delta: Delta, pasted = false): void {
    const now = this.clock.now()
    const last = this.history.last?.typing
    const goesOn = !pasted && last?.note === note && now - last.at < burstPause
    this.make({ kind: 'note.text', note, rev: 0, delta }, { undo: goesOn ? 'join' : 'step' }, pasted ? undefined : { note, at: now })
    this.hooks.changed()
  }

  private make(op: Op, { fold = true, undo, inHand }: SubmitOptions, typing?: Step['typing']): boolean {
    const { view } = this.rebase
    const current = onView(op, this.rebase)
    const outcome = apply(view, current, { history: () => [] })
    const refusal = this.hooks.mayEdit() ? ('reject' in outcome ? outcome.reject : undefined) : { code: 'forbidden', reason: '' }
    if (refusal) {
      this.hooks.rejected({ op, ...refusal, ...optional('text', wordsOfOp(op, view)) })
      return false
    }
    if ('noop' in outcome || isIdle(current, this.rebase)) return false
    const actions = undo === 'none' ? [] : inverseOf(current, view)
    const entry = this.rebase.add(current, [], fold, this.due(current), inHand)
    hasten(entry, this.clock.now())
    expect(actions, entry)
    if (undo === 'none') this.unrecorded(current)
    else if (undo === 'join') this.history.join(actions, typing)
    else this.history.push(typing ? { actions, typing } : { actions })
    return true
  }

  /** When an op should leave: moves are streamed, typing waits for more, the rest goes at once. */
  private due(op: Op): number {
    const now = this.clock.now()
    if (op.kind === 'note.text') return now + typingPace
    const streams = op.kind === 'note.set' || (op.kind === 'batch' && op.ops.every((o) => o.kind === 'note.set'))
    return streams ? Math.max(now, this.hooks.lastSent() + streamPace) : now
  }

  /** Text that no undo step knows moves the steps that are there. */
  private unrecorded(op: Op): void {
    for (const one of op.kind === 'batch' ? op.ops : [op]) {
      if (one.kind === 'note.text') this.history.patched(one.note, one.delta)
    }
  }

  /** What was in the hand lies where it was taken up: then nothing was done. */
  putDown(): void {
    this.history.forgetIdle((action) => action.kind === 'set' && isIdle(opOf(action), this.rebase))
  }

  /** Takes the last step back. */
  undo(): void {
    this.turn(
      () => this.history.takeDone(),
      (step) => this.history.pushUndone(step),
    )
  }

  /** Does again what was undone last. */
  redo(): void {
    this.turn(
      () => this.history.takeUndone(),
      (step) => this.history.pushRedone(step),
    )
  }

  private turn(take: () => Step | undefined, put: (step: Step) => void): void {
    if (!this.hooks.mayEdit()) return
    const step = take()
    if (!step) return
    const plan = planOf(step, this.rebase.view, this.rebase.confirmed)
    const actions: Action[] = []
    for (const { op, guards } of plan.parts.flatMap(fittingBack)) {
      const current = onView(op, this.rebase)
      const back = inverseOf(current, this.rebase.view)
      const entry = this.rebase.add(current, guards, guards.length === 0, this.clock.now())
      if (current.kind === 'note.text') this.rebase.changes.text(current.note, current.delta)
      expect(back, entry)
      actions.push(...back)
    }
    if (actions.length > 0) put({ actions })
    this.tellLost(plan)
    this.hooks.changed()
  }

  private tellLost({ lost, parts }: Plan): void {
    const [op] = lost
    if (!op) return
    this.hooks.rejected(superseded(op, this.rebase.changedBy({ kind: 'batch', ops: lost }), parts.length > 0))
  }
}

/** The guards of what would take an entry back await its landing. */
function expect(actions: Action[], entry: Entry): void {
  for (const action of actions) {
    if ('guards' in action) for (const g of action.guards) g.key = entry.key
  }
}

/** Typing that has grown long enough leaves at once. */
function hasten(entry: Entry, now: number): void {
  if (entry.op.kind !== 'note.text') return
  const typed = entry.op.delta.reduce((n: number, part) => n + (typeof part === 'string' ? length(part) : 0), 0)
  if (typed >= typingBurst) entry.due = Math.min(entry.due, now)
}

/** The op with text on the revision that is shown, and measures rounded as the server will. */
function onView(op: Op, rebase: Rebase): Op {
  const one = (o: SingleOp): SingleOp => {
    if (o.kind === 'note.text') return { ...o, rev: rebase.view.note(o.note)?.rev ?? 0 }
    return o.kind === 'note.set' ? { ...o, set: rounded(o.set) } : o
  }
  return op.kind === 'batch' ? { ...op, ops: op.ops.map(one) } : one(op)
}

/** Tells whether the op sets nothing that is not so already. */
function isIdle(op: Op, rebase: Rebase): boolean {
  return (op.kind === 'batch' ? op.ops : [op]).every((o) => {
    if (o.kind === 'board.set') return o.set.name === rebase.view.board.name
    const note = rebase.view.note(o.note)
    return o.kind === 'note.set' && note !== undefined && Object.entries(o.set).every(([f, v]) => valueOf(note, f as ValueField) === v)
  })
}

/** The op in parts that each fit into a frame; `more` is what an op will weigh beside itself. */
function fitting(op: Op, more: (one: SingleOp) => number = () => 0): Op[] {
  if (op.kind !== 'batch') return [op]
  const parts: SingleOp[][] = []
  let bytes = Infinity
  for (const one of op.ops) {
    const size = wireSize(one) + 1 + more(one)
    if (bytes + size > batchBytes) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)!.push(one)
    bytes += size
  }
  return parts.map((ops) => ({ kind: 'batch', ops }))
}

/** What takes a step back in parts that each fit into a frame, with the guards of its own. */
function fittingBack({ op, guards }: Takeback): Takeback[] {
  const own = new Map<string, Guard[]>()
  for (const g of guards) own.set(g.note, [...(own.get(g.note) ?? []), g])
  const of = (one: SingleOp): Guard[] => own.get(one.kind === 'board.set' ? '' : one.note) ?? []
  const parts = fitting(op, (one) => of(one).length * guardBytes)
  return parts.map((part) => ({ op: part, guards: parts.length === 1 ? guards : singles(part).flatMap(of) }))
}

/** A property that is left out when it has no value. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
}
