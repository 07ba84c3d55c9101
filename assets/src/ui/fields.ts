// What fields look like, for the parts that have one.

import style from '../../css/fields.css'
import { wear } from './later.ts'

let isWorn = false

/** Gives fields their look, before the part has its own, which may differ from it. */
export function wearFields(): void {
  if (!isWorn) wear(style)
  isWorn = true
}
