// Thirty notes as a team leaves them behind, in four rough columns.

const COLUMNS: [color: string, texts: string[]][] = [
  [
    'green',
    [
      'Search is fast now',
      'New people wrote code on day one',
      'No pager at night, for six weeks',
      'Support answers within the hour',
      'Thanks to Mira for the talk',
      'Lunch outside on Thursdays',
      'The style guide settled three old arguments',
    ],
  ],
  [
    'pink',
    [
      'Release notes are late every time',
      'Two outages from the same cause',
      'Nobody knows who owns the importer',
      'Coffee machine',
      'The roadmap changed twice in one month, and we heard about it from customers',
      'Too many meetings before noon',
      'Flaky browser tests',
      'Reviews wait for days',
    ],
  ],
  [
    'yellow',
    [
      'Pair on the deploy script',
      'One owner for each service, written down',
      'A quiet morning on Tuesdays?',
      'Try trunk-based for a month',
      'Show work in progress on Fridays',
      'Budget for a second designer',
      'Ask three customers before we build the next import',
      'Write the release notes with the change',
    ],
  ],
  [
    'blue',
    [
      'Who can take the importer? → Jo and Sam, until June',
      'How do we measure “fast”?',
      'Move the retro to Wednesday',
      'What do we stop doing?',
      'Is the old API still used?',
      'À deux, c’est plus sûr',
      'Cake, whoever is in the office',
    ],
  ],
]

export const RETRO = COLUMNS.flatMap(([color, texts], column) =>
  texts.map((text, i) => ({
    text,
    color: i === 4 ? 'violet' : color,
    // A hand does not keep a grid.
    x: column * 470 + (i % 2) * 215 + ((i * 7 + column * 3) % 5) * 3,
    y: Math.floor(i / 2) * 225 + ((i * 5 + column * 2) % 7) * 4,
    width: 200,
    height: 200,
  })),
)

/** A frame around each column. */
export const FRAMES = ['Went well', 'Slowed us down', 'Try next', 'Open questions'].map((text, column) => ({
  kind: 'frame', text, color: ['green', 'pink', 'yellow', 'blue'][column]!, x: column * 470 - 20, y: -24, width: 460, height: 960,
}))
