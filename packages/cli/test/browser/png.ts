import { inflateSync } from 'node:zlib'

/** A picture: `at` gives red, green and blue, each from 0 to 255. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly at: (x: number, y: number) => readonly [number, number, number]
}

/** The picture of a PNG as Chromium writes it: 8 bits for each of three or four channels, not interlaced (https://www.w3.org/TR/png). */
export const pictureOf = (png: Buffer): Picture => {
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const raw = inflateSync(Buffer.concat(data))
  const stride = width * channels
  const pixels = Buffer.alloc(stride * height)
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)] ?? 0
    for (let byte = 0; byte < stride; byte += 1) {
      const to = row * stride + byte
      const left = byte < channels ? 0 : (pixels[to - channels] ?? 0)
      const up = row === 0 ? 0 : (pixels[to - stride] ?? 0)
      const corner = byte < channels || row === 0 ? 0 : (pixels[to - stride - channels] ?? 0)
      pixels[to] = (raw[to + row + 1] ?? 0) + guessOf(filter, left, up, corner)
    }
  }
  const at = (x: number, y: number) => {
    const from = y * stride + x * channels
    return [pixels[from] ?? 0, pixels[from + 1] ?? 0, pixels[from + 2] ?? 0] as const
  }
  return { width, height, at }
}

/** What a filter takes a byte for: its neighbours, their mean, or Paeth’s predictor. */
const guessOf = (filter: number, left: number, up: number, corner: number): number => {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const a = Math.abs(up - corner)
  const b = Math.abs(left - corner)
  const c = Math.abs(left + up - 2 * corner)
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
