// The one place that asks the browser for animation frames. What is asked for
// several times before a frame runs once in it; what is asked for while a frame
// runs comes in the next one, so an animation is a task that asks for itself.

/** The order inside a frame: first what moves the view, then what writes places, last what hangs on them. */
export const LANES = ['motion', 'camera', 'notes', 'measure', 'overlay'] as const
export type Lane = (typeof LANES)[number]

export type Task = (now: number) => void

export class Frame {
  private waiting = new Map<Task, Lane>()
  private asked = false
  private round: Map<Task, Lane> | null = null // while a frame runs
  private lane = 0

  constructor(private readonly request: (run: (now: number) => void) => void = (run) => requestAnimationFrame(run)) {}

  /**
   * Runs the task in the next frame, once however often it is asked for. Asked
   * for by an earlier lane of a running frame, it still joins that frame.
   */
  ask(lane: Lane, task: Task): void {
    if (this.round && LANES.indexOf(lane) > this.lane) {
      this.round.set(task, lane)
      return
    }
    this.waiting.set(task, lane)
    if (this.asked) return
    this.asked = true
    this.request((now) => this.run(now))
  }

  private run(now: number): void {
    this.asked = false
    const round = (this.round = this.waiting)
    this.waiting = new Map()
    for (this.lane = 0; this.lane < LANES.length; this.lane++) {
      for (const [task, lane] of round) if (lane === LANES[this.lane]) guard(task, now)
    }
    this.round = null
  }
}

/** One task that throws must not take the frame's other tasks along. */
function guard(task: Task, now: number): void {
  try {
    task(now)
  } catch (error) {
    reportError(error)
  }
}
