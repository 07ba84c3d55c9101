// How fast the zoom changes: whether what comes into view can be read, or only
// rushes by.

const CALM = 100 // ms in which most of a change is forgotten
const FAST = 0.15 // of what is remembered (a logarithm of zoom): nobody reads beyond it

export class Rush {
  private zoom = 0
  private at = -Infinity
  private turned = 0 // by how much of late

  /** The zoom is this now. One leap is no rush, wherever it leads. */
  note(zoom: number, now: number): void {
    if (zoom === this.zoom) return
    const lull = now - this.at
    this.turned = lull > CALM ? 0 : this.turned * fading(lull) + Math.abs(Math.log(zoom / this.zoom))
    this.zoom = zoom
    this.at = now
  }

  is(now: number): boolean {
    return this.turned * fading(now - this.at) > FAST
  }
}

/** How much of a change still counts after so long. */
function fading(ms: number): number {
  return Math.exp(-ms / CALM)
}
