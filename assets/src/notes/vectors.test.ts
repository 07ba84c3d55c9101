import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { apply, applyEvent } from './apply.ts'
import { apply as applyDelta, compose, type Delta, invert, transform } from './delta.ts'
import { Document } from './document.ts'
import { contentOf, outline, type Section } from './frames.ts'
import { isLink } from './link.ts'
import type { BoardFields, Note } from './note.ts'
import type { Effect, Event, Op } from './op.ts'
import { between } from './zorder.ts'

// The same files are run by notes/vectors_test.go: what they say holds on the
// server and here.

interface DeltaVector { text: string; delta: Delta; after: string; inverse: Delta }
interface ComposeVector { text: string; a: Delta; b: Delta; both: Delta }
interface TransformVector { text: string; first: Delta; second: Delta; first_after: Delta; second_after: Delta; result: string }
interface OrderVector { below: string; above: string; between: string }
interface FramesVector { notes: Note[] | null; outline: { frame: string; depth: number; notes: string[] }[] }
interface LinkVector { link: string; ok: boolean }
interface HashVector { board: BoardFields; notes: Note[]; hash: string }
interface Step { kind?: string; effect?: unknown; code?: string; seq: number; hash: string }
interface ApplyVector { ops: (Op & { mid: number })[]; steps: Step[] }

const runs: Record<string, (vector: never) => void> = {
  delta(v: DeltaVector) {
    assert.equal(applyDelta(v.delta, v.text), v.after)
    assert.deepEqual(invert(v.delta, v.text), v.inverse)
    assert.equal(applyDelta(v.inverse, v.after), v.text)
  },
  compose(v: ComposeVector) {
    assert.deepEqual(compose(v.a, v.b), v.both)
    assert.equal(applyDelta(v.both, v.text), applyDelta(v.b, applyDelta(v.a, v.text)))
  },
  transform(v: TransformVector) {
    assert.deepEqual(transform(v.first, v.second, 'first'), v.first_after)
    assert.deepEqual(transform(v.second, v.first, 'second'), v.second_after)
    assert.equal(applyDelta(v.second_after, applyDelta(v.first, v.text)), v.result)
    assert.equal(applyDelta(v.first_after, applyDelta(v.second, v.text)), v.result)
  },
  zorder(v: OrderVector) {
    assert.equal(between(v.below || null, v.above || null), v.between)
  },
  link(v: LinkVector) {
    assert.equal(isLink(v.link), v.ok)
  },
  frames(v: FramesVector) {
    const notes = v.notes ?? []
    const sections = outline(notes)
    assert.deepEqual(sections.map((s) => ({ frame: s.frame?.id ?? '', depth: s.depth, notes: s.notes.map((n) => n.id) })), v.outline)
    for (const { frame } of sections) if (frame) assert.deepEqual(contentOf(frame, notes).map((n) => n.id).sort(), below(frame.id, sections))
  },
  hash(v: HashVector) {
    assert.equal(new Document(1, 9, v.board, v.notes).hash(), v.hash)
  },
  apply(v: ApplyVector) {
    const replay = new Replay()
    v.ops.forEach((op, i) => assert.deepEqual(replay.step(op), v.steps[i], `op ${op.mid}`))
  },
}

/** What stands under a frame's heading, in the sections that follow as long as they are deeper. */
function below(frame: string, sections: Section[]): string[] {
  const at = sections.findIndex((s) => s.frame?.id === frame)
  const [own, ...rest] = sections.slice(at)
  const end = rest.findIndex((s) => s.depth <= own!.depth)
  const deeper = rest.slice(0, end < 0 ? undefined : end)
  return [...own!.notes, ...deeper.flatMap((s) => [s.frame!, ...s.notes])].map((n) => n.id).sort()
}

/** Runs ops one after the other from an empty board, as the Go test does. */
class Replay {
  private readonly doc = new Document(1, 0, { name: 'Retro' }, [])
  private readonly deltas: Delta[] = [] // of the one note whose text is edited outside a batch

  step({ mid, ...op }: Op & { mid: number }): Step {
    const actor = { id: 'u1', name: 'Ana' }
    const outcome = apply(this.doc, op, { actor, at: '1970-01-01T00:00:00Z', history: (note, rev) => this.deltas.slice(rev, note.rev) })
    const step: Partial<Step> = {}
    if ('reject' in outcome) step.code = outcome.reject.code
    if ('effect' in outcome) {
      this.remember(outcome.effect)
      applyEvent(this.doc, { ...outcome.effect, seq: this.doc.seq + 1, client: 'client-1', mid, actor, at: '' } as Event)
      Object.assign(step, outcome.effect)
    }
    return { ...step, seq: this.doc.seq, hash: this.doc.hash() }
  }

  private remember(effect: Effect): void {
    if (effect.kind === 'note.text') this.deltas.push(effect.effect.delta)
  }
}

function vectorsFolder(): string {
  for (let at = process.cwd(); at !== dirname(at); at = dirname(at)) {
    const folder = join(at, 'notes/testdata/vectors')
    if (existsSync(folder)) return folder
  }
  throw new Error('notes/testdata/vectors is not above the working folder')
}

const folder = vectorsFolder()
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))

test('every vector file has a run and every run a file', () => {
  assert.deepEqual(names.sort(), Object.keys(runs).sort())
})

for (const [name, run] of Object.entries(runs)) {
  test(`vectors: ${name}`, () => {
    const vectors = JSON.parse(readFileSync(join(folder, name + '.json'), 'utf8')) as never[]
    assert.ok(vectors.length > 0)
    vectors.forEach((vector, i) => {
      try {
        run(vector)
      } catch (error) {
        throw new Error(`${name}, vector ${i}: ${JSON.stringify(vector)}`, { cause: error })
      }
    })
  })
}
