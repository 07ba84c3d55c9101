// What the sheet with a board's links needs: htmx fetches it and sends its forms.

import 'htmx.org'
import style from '../../css/sharing.css'
import './copy.ts'
import './inplace.ts'
import { wear } from './later.ts'

wear(style)

/** htmx begins its work in a task of its own, which stands before this one. */
export const ready = new Promise<void>((done) => setTimeout(done))
