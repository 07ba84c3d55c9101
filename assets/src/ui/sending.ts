// The way of a picture to the server and of its answer.

import { say } from '../say.ts'

/** A picture that the server has taken. */
export interface Sent {
  readonly picture: string
  readonly width: number
  readonly height: number
}

/** Why it was not taken, in words for the person. */
export class NotSent extends Error {}

/** Sends a file to the board; `progress` is told how much of it has left, up to 1. */
export function sendPicture(board: string, file: Blob, progress: (part: number) => void): Promise<Sent> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest() // fetch does not tell how far it is
    request.open('POST', `/b/${board}/pictures`)
    request.upload.addEventListener('progress', (e) => progress(e.loaded / e.total))
    request.addEventListener('error', () => fail(new NotSent(offline())))
    request.addEventListener('load', () => {
      if (request.status === 201) done(JSON.parse(request.responseText) as Sent)
      else fail(new NotSent(reason(request.responseText)))
    })
    request.send(file)
  })
}

function offline(): string {
  return say('Pictures need a connection to the server. Add it again when you are online.')
}

/** What a refusal means, in the page's language. */
function reason(answer: string): string {
  const { code = '' } = parsed(answer)
  const other = say('Save it as PNG, JPEG, GIF or WebP, or take a screenshot of it.')
  const known: Record<string, string> = {
    svg_picture: `${say('SVG drawings can hold programs, so they are not taken.')} ${other}`,
    heic_picture: `${say('HEIC and AVIF pictures cannot be read here.')} ${other}`,
    moving_picture: `${say('WebP pictures that move cannot be read here.')} ${other}`,
    no_picture: `${say('This file is no picture that can be read here.')} ${other}`,
    damaged_picture: say('This picture is damaged and cannot be read. Open and save it again, or take a screenshot of it.'),
    too_large: say('This picture is larger than 10 MB. Make it smaller and try again.'),
    too_many_pixels: say('This picture has more pixels than can be read here. Make it smaller, up to about 7,000 × 7,000, and try again.'),
    too_many_pictures: say('This board has as many pictures as it can hold. Nothing was added.'),
    forbidden: say('You can look at this board, but not change it.'),
    limit: say('Those were many pictures at once. Wait a minute and try again.'),
  }
  return known[code] ?? say('The picture could not be kept. Nothing was added: try again in a moment.')
}

function parsed(answer: string): { code?: string } {
  try {
    return JSON.parse(answer) as { code?: string }
  } catch {
    return {}
  }
}

/** Gives this board pictures of another one. Answers with those that it did not get. */
export async function copyPictures(from: string, to: string, pictures: Iterable<string>): Promise<Set<string>> {
  const missing = new Set<string>()
  for (const picture of pictures) {
    const answer = await fetch(`/b/${to}/pictures/${picture}`, { method: 'POST', body: new URLSearchParams({ from }) }).catch(() => null)
    if (!answer?.ok) missing.add(picture)
  }
  return missing
}
