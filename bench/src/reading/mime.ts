/** Writes mails as their senders' programs do, in the charsets they use. */
import { Buffer } from 'node:buffer'

export type Charset = 'iso-2022-jp' | 'shift_jis' | 'gbk' | 'big5' | 'euc-kr'

const head =
  'From: Lena Muster <lena@agency.example>\r\nTo: Anna Keller <anna@brand.example>\r\nSubject: Re: Spring\r\n' +
  'Date: Tue, 5 Nov 2024 10:12:00 +0100\r\nMessage-ID: <b5@agency.example>\r\nIn-Reply-To: <ours@brand.example>\r\nMIME-Version: 1.0\r\n'

/** Head and body as they stand; `fields` replace nothing, they come on top. */
export function letter(fields: string, body: string | Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${head}${fields}\r\n\r\n`), Buffer.from(body as Uint8Array)])
}

export function plain(text: string): Uint8Array {
  return letter(
    'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable',
    quotedPrintable(text),
  )
}

export function html(markup: string): Uint8Array {
  return letter(
    'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64',
    base64(Buffer.from(markup)),
  )
}

export function alternative(text: string, markup: string): Uint8Array {
  const part = (type: string, coding: string, body: string): string =>
    `--b5\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${coding}\r\n\r\n${body}\r\n`
  const parts =
    part('text/plain', 'quoted-printable', quotedPrintable(text)) +
    part('text/html', 'base64', base64(Buffer.from(markup)))
  return letter('Content-Type: multipart/alternative; boundary=b5', `${parts}--b5--\r\n`)
}

/** Plain text in a charset older than UTF-8. */
export function altered(text: string, charset: Charset): Uint8Array {
  return letter(
    `Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64`,
    base64(encoded(text, charset)),
  )
}

export function quotedPrintable(text: string): string {
  return text.split('\n').map(quotedLine).join('\r\n')
}

function quotedLine(line: string): string {
  let [row, rows] = ['', '']
  for (const byte of Buffer.from(line)) {
    const safe = byte >= 0x20 && byte < 0x7f && byte !== 0x3d
    const next = safe ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
    if (row.length + next.length > 75) {
      rows += `${row}=\r\n`
      row = ''
    }
    row += next
  }
  return rows + row.replace(/ $/, '=20')
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll(/.{76}/g, '$&\r\n')
}

const tables = new Map<string, ReadonlyMap<string, readonly [number, number]>>()

// Node reads these charsets and does not write them: two-byte codes are found by reading all of them once
function encoded(text: string, charset: Charset): Uint8Array {
  const shifted = charset === 'iso-2022-jp'
  const table = tableOf(shifted ? 'euc-jp' : charset)
  const bytes: number[] = []
  let inside = false
  for (const character of text.replaceAll('\n', '\r\n')) {
    const code = character.codePointAt(0) ?? 0
    const pair = code < 0x80 ? undefined : table.get(character)
    if (code >= 0x80 && pair === undefined) throw new RangeError(`${charset} has no ${character}`)
    if (shifted && (pair !== undefined) !== inside) {
      bytes.push(0x1b, ...(inside ? [0x28, 0x42] : [0x24, 0x42]))
      inside = !inside
    }
    if (pair === undefined) bytes.push(code)
    else bytes.push(...(shifted ? pair.map((byte) => byte & 0x7f) : pair))
  }
  return Uint8Array.from(inside ? [...bytes, 0x1b, 0x28, 0x42] : bytes)
}

function tableOf(charset: string): ReadonlyMap<string, readonly [number, number]> {
  const known = tables.get(charset)
  if (known !== undefined) return known
  const decoder = new TextDecoder(charset)
  const table = new Map<string, readonly [number, number]>()
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if ([...character].length === 1 && character !== '\uFFFD' && !table.has(character))
        table.set(character, [lead, trail])
    }
  }
  tables.set(charset, table)
  return table
}
