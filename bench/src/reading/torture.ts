/** Mails that are hard to take apart, and what must be found in each all the same. Built anew each time, always the same. */
import { Buffer } from 'node:buffer'
import { altered, base64, html, letter, plain, quotedPrintable } from './mime.ts'
import type { Sample } from './sample.ts'

const utf8 = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit'
const word = 'Ich komme gern am Zwölften'

export function torture(): Sample[] {
  return [...charsets(), ...codings(), ...structures(), ...bombs()]
}

function sample(name: string, raw: Uint8Array, ...says: string[]): Sample {
  return { name, group: 'torture', raw, says }
}

function charsets(): Sample[] {
  const body = (charset: string, bytes: Uint8Array): Uint8Array =>
    letter(`Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit`, bytes)
  const latin = Buffer.from(word, 'latin1')
  return [
    sample('windows-1252', body('windows-1252', latin), word),
    sample('a charset in quotes and capitals', body('"ISO-8859-1"', latin), word),
    sample('a charset that nobody knows', body('x-unknown', Buffer.from('Gern am 12.')), 'Gern am 12.'),
    sample('UTF-8 with a mark of byte order', body('utf-8', Buffer.from(`\uFEFF${word}`)), word),
    sample('UTF-16', body('utf-16le', Buffer.from(word, 'utf16le')), word),
    sample('Shift_JIS', altered('はい、参加します。', 'shift_jis'), 'はい、参加します。'),
    sample('ISO-2022-JP', altered('はい、参加します。', 'iso-2022-jp'), 'はい、参加します。'),
    sample('GBK', altered('我很愿意参加。', 'gbk'), '我很愿意参加。'),
    sample('Big5', altered('我很樂意參加。', 'big5'), '我很樂意參加。'),
    sample('EUC-KR', altered('기꺼이 참여하겠습니다.', 'euc-kr'), '기꺼이 참여하겠습니다.'),
  ]
}

function codings(): Sample[] {
  const soft = quotedPrintable(word).replace('gern', 'ge=\r\nrn')
  return [
    sample('8 bit', letter(utf8, word), word),
    sample('lines ended by a line feed alone', lineFeeds(letter(utf8, word)), word),
    sample(
      'broken quoted-printable',
      letter('Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable', `=ZZ ${soft} =`),
      'Ich komme gern am Zw',
    ),
    sample(
      'base64 with rubbish between',
      letter(
        'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: BASE64',
        base64(Buffer.from(word)).replace(/^(.{8})/, '$1 \r\n!'),
      ),
      word,
    ),
    sample('a coding that nobody knows', letter(utf8.replace('8bit', 'x-none'), word), word),
    sample('a line of 200,000 characters', letter(utf8, `${'a'.repeat(200_000)} ${word}`), word),
    sample(
      'flowed text',
      letter(
        'Content-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: 8bit',
        `Ich komme \r\ngern am Zwölften`,
      ),
      'Ich komme gern am Zw',
    ),
    sample('NUL in the text', letter(utf8, `${word}\0x`), word),
  ]
}

function structures(): Sample[] {
  const mixed = (body: string, boundary = 'b5'): Uint8Array =>
    letter(`Content-Type: multipart/mixed; boundary="${boundary}"`, body)
  const text = `${utf8}\r\n\r\n${word}\r\n`
  const file = (name: string): string =>
    `Content-Type: application/pdf; ${name}\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n`
  let deep = text
  for (let level = 0; level < 30; level++)
    deep = `Content-Type: multipart/mixed; boundary=l${level}\r\n\r\n--l${level}\r\n${deep}\r\n--l${level}--\r\n`
  return [
    sample('thirty multiparts in each other', mixed(`--b5\r\n${deep}\r\n--b5--`), word),
    sample('no closing delimiter', mixed(`--b5\r\n${text}`), word),
    sample('a delimiter inside a text', mixed(`--b5\r\n${text}--b5x\r\nand on\r\n--b5--`), word, 'and on'),
    sample(
      'a boundary with every sign',
      mixed(`--a'()+_,-./:=? b\r\n${text}--a'()+_,-./:=? b--`, "a'()+_,-./:=? b"),
      word,
    ),
    sample('no delimiter at all', mixed(word), word),
    sample(
      'a name of a file in pieces (RFC 2231)',
      mixed(`--b5\r\n${text}--b5\r\n${file(`name*0*=utf-8''%C3%A4; name*1=".pdf"`)}--b5--`),
      word,
    ),
    sample(
      'a letter inside the letter',
      mixed(`--b5\r\n${text}--b5\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ninside\r\n--b5--`),
      word,
    ),
    sample('folded headers', letter(`X-Long: ${'a\r\n '.repeat(500)}b\r\n${utf8}`, word), word),
    sample('a comment in the address', letter(`Cc: (a (nested) one) Z <z@x.example>\r\n${utf8}`, word), word),
    sample('a thousand recipients', letter(`Cc: ${list(1000)}\r\n${utf8}`, word), word),
    sample('a broken encoded word', letter(`X-Name: =?utf-8?B?w?= =?x?Q?=C3?=\r\n${utf8}`, word), word),
    sample(
      'a line of an mbox in front',
      Buffer.concat([Buffer.from('From a@b Tue Nov  5\r\n'), letter(utf8, word)]),
      word,
    ),
    sample('no header at all', Buffer.from(`\r\n${word}`), word),
    sample('headers and nothing else', Buffer.from('From: a@b.example\r\nSubject: x')),
    sample('nothing', new Uint8Array()),
    sample('a colon missing', letter(`Broken header\r\n${utf8}`, word), word),
  ]
}

function bombs(): Sample[] {
  const part = `--b5\r\nContent-Type: text/plain\r\n\r\nx\r\n`
  const first = `--b5\r\n${utf8}\r\n\r\n${word}\r\n`
  return [
    sample(
      'two thousand parts',
      letter('Content-Type: multipart/mixed; boundary=b5', `${first}${part.repeat(2000)}--b5--`),
      word,
    ),
    sample(
      'an attachment of 5 MB',
      letter(
        'Content-Type: multipart/mixed; boundary=b5',
        `${first}--b5\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(noise(5_000_000))}\r\n--b5--`,
      ),
      word,
    ),
    sample('200,000 signs that could open a tag', html(`<p>${word}</p>${'<'.repeat(200_000)}`), word),
    sample(
      'a style of 300,000 characters',
      html(`<p style="${'margin:0 '.repeat(33_000)}">${word}</p>`),
      word,
    ),
    sample('a hundred thousand empty lines', plain(`${word}${'\n'.repeat(100_000)}`), word),
    sample('fifty thousand quote marks', plain(`${word}\n${'>'.repeat(50_000)}`), word),
  ]
}

function list(count: number): string {
  return Array.from({ length: count }, (_, n) => `"P ${n}" <p${n}@x.example>`).join(',\r\n ')
}

function lineFeeds(raw: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}

// looks like chance and is the same each time
function noise(bytes: number): Uint8Array {
  const made = new Uint8Array(bytes)
  let state = 1
  for (let at = 0; at < bytes; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    made[at] = state >>> 16
  }
  return made
}
