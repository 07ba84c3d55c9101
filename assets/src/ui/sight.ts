// What the browser itself can see of a file, before the server has looked at it.

const HEAVY = 2 << 20 // bytes from which a picture is made smaller before it is sent
const SIDE = 2048 // pixels that the server keeps at the most
const PIXELS = 50_000_000 // that it reads at the most
const KNOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

/** The size in pixels; 240 each where nothing can be seen. */
export interface Sight {
  readonly w: number
  readonly h: number
  readonly bitmap: ImageBitmap | null
}

export async function seen(file: File): Promise<Sight> {
  const bitmap = (await isHuge(file)) ? null : await createImageBitmap(file).catch(() => null)
  return { w: bitmap?.width ?? 240, h: bitmap?.height ?? 240, bitmap }
}

/** A PNG that says so of itself: to look at it would fill the memory. The others stay small by their own nature. */
async function isHuge(file: File): Promise<boolean> {
  const head = new DataView(await file.slice(0, 24).arrayBuffer())
  return head.byteLength === 24 && head.getUint32(0) === 0x89504e47 && head.getUint32(16) * head.getUint32(20) > PIXELS
}

/** The picture as the server would keep it anyway, where that spares the line or is a kind that it does not know. */
export async function smaller(file: File, { w, h, bitmap }: Sight): Promise<Blob> {
  const isMoving = file.type === 'image/gif'
  if (!bitmap || isMoving || file.type === 'image/svg+xml' || (file.size <= HEAVY && KNOWN.includes(file.type))) return file
  const by = Math.min(1, SIDE / Math.max(w, h))
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(w * by)), Math.max(1, Math.round(h * by)))
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const blob = await canvas.convertToBlob({ type: file.type === 'image/png' ? 'image/png' : 'image/jpeg', quality: 0.9 }).catch(() => file)
  return blob.size < file.size || !KNOWN.includes(file.type) ? blob : file
}
