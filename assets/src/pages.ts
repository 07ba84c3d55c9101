// What the pages other than the board need: htmx for their forms, buttons that
// copy, and a field that is ready when a form opens in place.

import 'htmx.org'
import './ui/copy.ts'
import './ui/inplace.ts'
