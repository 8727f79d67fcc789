/**
 * format=flowed (RFC 3676): paragraphs that Thunderbird and others break softly with a space at the line's end.
 *
 * The MIME parser joins such lines without looking at how deep they are quoted and so takes an answer right below
 * a quoted line for part of the quotation. Here the parameter is hidden from it, in the message's own header and in
 * its direct parts, and the lines are joined by the rule: only lines of the same depth (RFC 3676 §4.5).
 */
import { Buffer } from 'node:buffer'

export type Flowed = { readonly bytes: Uint8Array; readonly flowed: boolean; readonly deleteSpace: boolean }

const parameter = /(;\s*format\s*=\s*"?)flowed/i

/** The message with its flowed parameters hidden; the same bytes when there are none. */
export function hideFlowed(bytes: Uint8Array): Flowed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 65_536)).toString(
    'latin1',
  )
  const end = endOfHeader(head, 0)
  const boundary = /;\s*boundary\s*=\s*(?:"([^"\r\n]+)"|([^\s;"]+))/i.exec(head.slice(0, end))
  const starts = [0, ...partStarts(head, boundary?.[1] ?? boundary?.[2])]
  const headers = starts.map((start) => ({ start, text: head.slice(start, endOfHeader(head, start)) }))
  const found = headers.flatMap(({ start, text }) => {
    const match = parameter.exec(text)
    return match === null ? [] : [{ at: start + match.index + (match[1] ?? '').length, text }]
  })
  if (found.length === 0) return { bytes, flowed: false, deleteSpace: false }
  const hidden = Uint8Array.from(bytes)
  for (const { at } of found) hidden.set(Buffer.from('hidden'), at)
  return {
    bytes: hidden,
    flowed: true,
    deleteSpace: found.some(({ text }) => /;\s*delsp\s*=\s*"?yes/i.test(text)),
  }
}

/** Joins soft line breaks between lines of the same quote depth; a signature delimiter stays a line. */
export function unflow(text: string, deleteSpace: boolean): string {
  const lines: string[] = []
  let openDepth = -1
  for (const raw of text.split(/\r?\n/)) {
    const depth = quoteDepth(raw)
    const line = depth > 0 ? raw : raw.replace(/^ /, '')
    const soft = line.endsWith(' ') && line !== '-- ' && !/^>+ ?-- $/.test(line)
    const kept = soft && deleteSpace ? line.slice(0, -1) : line
    if (openDepth === depth && line !== '-- ')
      lines.push((lines.pop() ?? '') + kept.slice(depth).replace(/^ /, ''))
    else lines.push(kept)
    openDepth = soft ? depth : -1
  }
  return lines.join('\n')
}

function quoteDepth(line: string): number {
  return /^>*/.exec(line)?.[0].length ?? 0
}

function endOfHeader(text: string, from: number): number {
  const end = text.slice(from).search(/\r?\n\r?\n/)
  return end < 0 ? text.length : from + end
}

function partStarts(text: string, boundary: string | undefined): number[] {
  const starts: number[] = []
  if (boundary === undefined) return starts
  const delimiter = `\n--${boundary}`
  for (
    let at = text.indexOf(delimiter);
    at >= 0 && starts.length < 20;
    at = text.indexOf(delimiter, at + 1)
  ) {
    starts.push(at + delimiter.length)
  }
  return starts
}
