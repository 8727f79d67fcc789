/** The first bytes of pictures, as far as our reader looks: type and measures are real, what they show is not. */

export function png(width: number, height: number, text = ''): Buffer {
  const measures = Buffer.alloc(8)
  measures.writeUInt32BE(width, 0)
  measures.writeUInt32BE(height, 4)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), measures, Buffer.from(text)])
}

export function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffc00011080000000003', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  // a comment and a table come before the frame
  return Buffer.concat([Buffer.from('ffd8fffe00046869ffc4000300', 'hex'), frame, Buffer.alloc(8)])
}

export function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  const bytes = Buffer.alloc(40)
  bytes.write('RIFF', 0)
  bytes.write(`WEBP${kind}`, 8)
  if (kind === 'VP8 ') bytes.writeUInt32LE(width | (height << 16), 26)
  if (kind === 'VP8L') bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21)
  if (kind === 'VP8X') {
    bytes.writeUIntLE(width - 1, 24, 3)
    bytes.writeUIntLE(height - 1, 27, 3)
  }
  return bytes
}
