/** How a sample is spoilt: what a seed and a number draw is always the same. Octets are characters here. */
import type { Chance } from '../simulation/chance.ts'
import { between, chanceOf, pick } from '../simulation/chance.ts'
import type { Samples } from './samples.ts'

type Mutation = (text: string, chance: Chance, samples: Samples) => string

const longest = 262_144
const charsets = [
  ...([
    'utf-7',
    'utf-16le',
    'utf-16be',
    'iso-2022-jp',
    'iso-2022-kr',
    'gb18030',
    'big5',
    'hz-gb-2312',
  ] as const),
  ...(['x-unknown', '', '"', 'utf-8; charset=ascii', 'windows-1252', 'koi8-r', '=?utf-8?q?utf-8?='] as const),
] as const
const encodings = ['base64', 'quoted-printable', '7bit', 'binary', 'x-uuencode', 'base64 base64', ''] as const
const types = [
  ...([
    'text/html',
    'text/plain; format=flowed; delsp=yes',
    'multipart/mixed',
    'message/rfc822',
    'text/enriched',
  ] as const),
  ...([
    'multipart/report; report-type=delivery-status',
    'message/delivery-status',
    'message/partial',
    '/',
  ] as const),
] as const
const runs = [
  '<',
  '=',
  '\r',
  '\n',
  ' ',
  '\t',
  '\0',
  '>',
  '(',
  '"',
  '<a ',
  '<!--',
  '&',
  '=?',
  '>\n',
  '-- \n',
  '\xe2\x80\xae',
] as const
const tags = [
  'div',
  'table><tr><td',
  'blockquote',
  'b',
  'svg',
  'span style="color:red"',
  'ul><li',
  'font',
] as const
const separators = [
  ':',
  '\0',
  '\r',
  ' : ',
  '\r\n\t\r\n\t',
  ';;',
  '=?utf-8?b?////?=',
  '=?x?q?=00=zz?=',
  ', <',
  '<<>>',
] as const

const mutations = {
  flip(text, chance) {
    let flipped = text
    for (let left = between(chance, 1, 8); left > 0 && flipped !== ''; left--) {
      const at = between(chance, 0, flipped.length - 1)
      const turned = flipped.charCodeAt(at) ^ (1 << between(chance, 0, 7))
      flipped = flipped.slice(0, at) + String.fromCharCode(turned) + flipped.slice(at + 1)
    }
    return flipped
  },
  dropLines(text, chance) {
    const lines = text.split('\n')
    lines.splice(between(chance, 0, lines.length - 1), between(chance, 1, 5))
    return lines.join('\n')
  },
  doubleLines(text, chance) {
    const lines = text.split('\n')
    const at = between(chance, 0, lines.length - 1)
    const some = lines.slice(at, at + between(chance, 1, 5))
    const times = chance() < 0.05 ? 600 : between(chance, 1, 3)
    return lines.toSpliced(at, 0, ...Array.from({ length: times }, () => some).flat()).join('\n')
  },
  header(text, chance) {
    const end = Math.max(1, text.search(/\r?\n\r?\n/))
    return inserted(text, between(chance, 0, end), pick(chance, separators))
  },
  headerLong(text, chance) {
    const value = pick(chance, runs).repeat(between(chance, 100, 8_000))
    const name = pick(chance, [
      'References',
      'To',
      'Subject',
      'Content-Type',
      'From',
      'X-Failed-Recipients',
    ] as const)
    return `${name}: ${value}\r\n${text}`
  },
  boundary(text, chance) {
    const name = /boundary="?([^"\s;]+)/i.exec(text)?.[1] ?? 'b'
    const other = pick(chance, [
      '',
      name.slice(0, -1),
      `${name}x`,
      '--',
      `${name}--`,
      ' ',
      '"',
      `"\r\n ${name}`,
    ] as const)
    if (chance() < 0.5) return text.replace(/(boundary=)("?)[^"\s;]+/i, `$1$2${other.replaceAll('$', '')}`)
    const lines = text.split('\n')
    return lines
      .toSpliced(
        between(chance, 0, lines.length),
        0,
        `--${pick(chance, [name, other])}${pick(chance, ['', '--'])}`,
      )
      .join('\n')
  },
  charset: (text, chance) => text.replace(/charset="?[^"\s;]+/i, `charset=${pick(chance, charsets)}`),
  encoding(text, chance) {
    return text.replace(/(transfer-encoding:)[^\n]*/i, `$1 ${pick(chance, encodings)}\r`)
  },
  type: (text, chance) => text.replace(/(content-type:)[^\n;]*/i, `$1 ${pick(chance, types)}`),
  nestParts(text, chance) {
    let nested = text
    for (let depth = between(chance, 1, 60); depth > 0; depth--)
      nested =
        chance() < 0.3
          ? `Content-Type: message/rfc822\r\n\r\n${nested}`
          : `Content-Type: multipart/mixed; boundary=n${depth}\r\n\r\n--n${depth}\r\n${nested}\r\n--n${depth}--`
    return nested
  },
  nestHtml(text, chance) {
    return inserted(
      text,
      somewhereBelow(text, chance),
      `<${pick(chance, tags)}>`.repeat(between(chance, 1, 2_000)),
    )
  },
  quote(text, chance) {
    const marks = '>'.repeat(between(chance, 1, 400))
    return inserted(
      text,
      somewhereBelow(text, chance),
      `\n${marks} Hi\n${marks.slice(1)} Am Di., 5. Nov. schrieb A:\n`,
    )
  },
  run(text, chance) {
    return inserted(text, somewhereBelow(text, chance), pick(chance, runs).repeat(between(chance, 2, 12_000)))
  },
  attack: (text, chance, { attacks }) =>
    inserted(text, somewhereBelow(text, chance), attacks[between(chance, 0, attacks.length - 1)] ?? ''),
  truncate: (text, chance) => text.slice(0, between(chance, 0, text.length)),
  splice(text, chance, { messages }) {
    const other = messages[between(chance, 0, messages.length - 1)] ?? ''
    return text.slice(0, between(chance, 0, text.length)) + other.slice(between(chance, 0, other.length))
  },
} satisfies Record<string, Mutation>

const all = Object.values(mutations) as readonly Mutation[] as readonly [Mutation, ...Mutation[]]

/** The input with this number: a sample with one to four mutations. */
export function inputOf(samples: Samples, seed: string, n: number): Uint8Array {
  const chance = chanceOf(seed, n)
  let text = samples.messages[between(chance, 0, samples.messages.length - 1)] ?? ''
  for (let left = between(chance, 1, 4); left > 0; left--) text = pick(chance, all)(text, chance, samples)
  return Buffer.from(text.slice(0, longest), 'latin1')
}

function inserted(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at)
}

function somewhereBelow(text: string, chance: Chance): number {
  const head = chance() < 0.1 ? 0 : Math.max(0, text.search(/\r?\n\r?\n/))
  return between(chance, head, text.length)
}
