// @ts-check

/**
 * The size of a WebP picture, px, so that the page does not jump while its pictures come.
 * @param {Buffer} bytes @returns {{ width: number, height: number }}
 */
export function pictureSize(bytes) {
  const kind = bytes.toString('latin1', 8, 16)
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || !kind.startsWith('WEBP'))
    throw new Error('no WebP picture')
  if (kind === 'WEBPVP8L') {
    const bits = bytes.readUInt32LE(21)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (kind === 'WEBPVP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
}
