// What the pages other than the board need: htmx for their forms, buttons that
// copy, a field that is ready when a form opens in place, and the choice of a look.

import 'htmx.org'
import './ui/copy.ts'
import './ui/inplace.ts'
import { choose } from './ui/look.ts'

document.getElementById('look')?.addEventListener('change', choose)
