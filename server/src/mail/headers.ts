/**
 * A header block as a list of fields (RFC 5322 §2.2), unfolded, and the parts of one field that others need:
 * addresses and a media type with its parameters. Generous: a line that is no field is passed over.
 */
import { addressParser, decodeWords } from 'postal-mime'
import { type Address, addressKey } from './address.ts'

export type Header = {
  /** Lower case. */
  readonly name: string
  /** Unfolded and decoded (RFC 2047). */
  readonly value: string
  /** Unfolded, not decoded: what addresses are read from, because a decoded name may hold `<`, `,` and `"`. */
  readonly raw: string
}

export type MediaType = { readonly type: string; readonly parameters: ReadonlyMap<string, string> }

const addressesLimit = 1_000

/** Reads fields up to the first empty line; a leading mbox "From " line is passed over. */
export function readHeaders(text: string): Header[] {
  const block = text.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? ''
  return block
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const field = /^([!-9;-~]+)[ \t]*:(.*)$/su.exec(line)
      return field ? [newHeader(field[1] ?? '', (field[2] ?? '').trim())] : []
    })
}

/** A field from its name and unfolded value. */
export function newHeader(name: string, raw: string): Header {
  return { name: name.toLowerCase(), value: decodeWords(raw), raw }
}

/** The decoded value of the first field of that name, or undefined. */
export function header(headers: readonly Header[], name: string): string | undefined {
  return headers.find((field) => field.name === name)?.value
}

/** The addresses in the first field of that name. */
export function addressesIn(headers: readonly Header[], name: string): Address[] {
  return readAddresses(headers.find((field) => field.name === name)?.raw ?? '')
}

/** Every address in the raw value of an address field; groups are opened, broken entries keep what can be read. */
export function readAddresses(value: string): Address[] {
  return addressParser(value.slice(0, 262_144), { flatten: true })
    .slice(0, addressesLimit)
    .flatMap((entry) => {
      const address = entry.address?.trim() ?? ''
      if (address === '') return []
      const name = entry.name.trim()
      return [{ address, key: addressKey(address), ...(name === '' ? {} : { name }) }]
    })
}

/** Media type and parameters of a Content-Type field, RFC 2045 §5.1; names and type in lower case. */
export function readMediaType(value: string): MediaType {
  const [type = '', ...rest] = value.split(';')
  const parameters = new Map<string, string>()
  for (const part of rest) {
    const equals = part.indexOf('=')
    if (equals > 0) {
      parameters.set(
        part.slice(0, equals).trim().toLowerCase(),
        part
          .slice(equals + 1)
          .trim()
          .replace(/^"(.*)"$/s, '$1'),
      )
    }
  }
  return { type: type.trim().toLowerCase(), parameters }
}
