/**
 * Inbound mail of B6, of hundred always the same mix, with the thread that each truly answers. Written from a number, so
 * that every run has mails that no run before had.
 */
import { md5, perThread, sentAs } from './ground.ts'

export const kinds = {
  plain: 12,
  rewrittenId: 6,
  foldedId: 4,
  missingBrackets: 4,
  forwardedOn: 4,
  alias: 4,
  changedSubject: 4,
  headersLost: 2,
  noise: 50,
  subjectTwin: 4,
  foreignReference: 3,
  othersReference: 2,
  quotedByStranger: 1,
} as const

export type Kind = keyof typeof kinds

export interface Inbound {
  readonly kind: Kind
  readonly box: number
  readonly from: string
  readonly subject: string
  /** Header values as they came, folded where they were. */
  readonly inReplyTo?: string
  readonly references?: string
  /** The mark of a picture of ours in what it quotes. */
  readonly mark?: string
  /** The thread that it answers; undefined for foreign mail. */
  readonly truth?: string
}

const ofHundred: readonly Kind[] = Object.entries(kinds).flatMap(([kind, count]) =>
  Array.from({ length: count }, () => kind as Kind),
)

/** The mail of this number in a box, answering one of `perBox` threads. */
export function inbound(number: number, box: number, perBox: number): Inbound {
  const kind = ofHundred[(number * 37) % 100] ?? 'noise'
  const nth = Number.parseInt(md5(`nth${number}`).slice(0, 8), 16) % perBox
  const thread = sentAs.ofBox(box, nth)
  const foreignId = `<${md5(`f${number}`)}@elsewhere.example>`
  const [token, id] = [`<${sentAs.token(thread)}>`, `<${sentAs.id(thread, number % perThread)}>`]
  const answer = {
    kind,
    box,
    from: sentAs.contact(thread),
    subject: `Re: ${sentAs.subject(thread)}`,
    inReplyTo: id,
    references: `${token} ${id}`,
    mark: sentAs.mark(thread),
    truth: sentAs.thread(thread),
  }
  const { inReplyTo: _, references: __, mark: ___, truth: ____, ...bare } = answer
  const stranger = { ...bare, from: `s${number}@elsewhere.example` }
  const [begin, end] = [id.slice(0, 20), id.slice(20)]
  switch (kind) {
    case 'plain':
      return answer
    case 'rewrittenId':
      // the provider gave our mail another id on its way; References is what it left
      return { ...answer, inReplyTo: foreignId, references: `${token} ${foreignId}` }
    case 'foldedId':
      return { ...answer, inReplyTo: `${begin}\r\n ${end}`, references: `${token}\r\n ${begin}\r\n\t${end}` }
    case 'missingBrackets':
      return { ...answer, inReplyTo: id.slice(1, -1), references: id.slice(1, -1) }
    case 'forwardedOn':
      // the contact forwarded our mail, and who got it answers us
      return {
        ...answer,
        from: stranger.from,
        subject: `Fwd: ${answer.subject}`,
        inReplyTo: foreignId,
        references: `${token} ${id} ${foreignId}`,
      }
    case 'alias':
      return { ...answer, from: `private.${answer.from}` }
    case 'changedSubject':
      return { ...answer, subject: `My rates ${number}` }
    case 'headersLost':
      return { ...bare, mark: answer.mark, truth: answer.truth }
    case 'noise':
      return {
        ...stranger,
        subject: `News ${number}`,
        ...(number % 3 === 0 ? { inReplyTo: foreignId, references: foreignId } : {}),
      }
    case 'subjectTwin':
      // somebody answers somebody else under our subject; every second time it is a contact of ours
      return { ...(number % 2 === 0 ? bare : stranger), inReplyTo: foreignId, references: foreignId }
    case 'foreignReference': {
      // as like ours as can be: a token that is nobody's, an id of ours at another domain and in capitals
      const like = [
        `<s.${md5(`x${number}`)}@brand.example>`,
        id.replace('brand', 'brands'),
        id.replace(/^<(.*)@/, (all) => all.toUpperCase()),
      ]
      return { ...stranger, inReplyTo: like[number % 3] ?? '', references: like.join(' ') }
    }
    case 'othersReference': {
      const theirs = sentAs.ofOthers(box, nth)
      return {
        ...stranger,
        inReplyTo: `<${sentAs.id(theirs, 0)}>`,
        references: `<${sentAs.token(theirs)}> <${sentAs.id(theirs, 0)}>`,
      }
    }
    case 'quotedByStranger':
      return { ...stranger, subject: `Fwd: ${sentAs.subject(thread)}`, mark: answer.mark }
  }
}
