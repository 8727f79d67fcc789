/** Reads the bodies of the control interface. Every mistake is an InputError with a sentence. */
import { BEHAVIOUR_NAMES, WITHOUT_CALL, checked, isBehaviour } from '../behaviour.ts'
import { CONSENT_CALL, INTROSPECTION_CALL, MAIL_SERVER_CALLS, TOKEN_CALL, isLine } from '../calls.ts'
import { type NewFault, FAULTS_WITHOUT_CALL, FAULT_KINDS, HANDSHAKES, PATIENCES } from '../faults.ts'
import { readTime } from '../clock.ts'
import { METHOD_TERMS } from '../google/gmail-methods.ts'
import { WORDINGS } from '../google/gmail-errors.ts'
import { GMAIL_REFUSALS, TOKEN_REFUSALS } from '../google/refusals.ts'
import { InputError, type Reader } from '../json.ts'
import { MANAGEMENT_DOMAIN, addressKey, isAddress, isPracticeAddress } from '../mime/addresses.ts'
import { METHODS } from '../microsoft/graph-methods.ts'
import { AAD_REFUSALS, GRAPH_REFUSALS } from '../microsoft/refusals.ts'
import type { Attachment } from '../mime/compose.ts'
import type { Acting } from '../people/acting.ts'
import { CLIENTS } from '../people/clients/client.ts'
import { readPace } from '../people/pace.ts'
import { type Person, TEMPERAMENTS, inventPerson } from '../people/people.ts'

export const REFUSAL_NAMES: readonly string[] = [
  GMAIL_REFUSALS,
  TOKEN_REFUSALS,
  GRAPH_REFUSALS,
  AAD_REFUSALS,
].flatMap((named) => [...named.keys()])

/** An address of this world. */
export function practiceAddress(reader: Reader, name: string): string {
  const address = reader.text(name)
  if (!isAddress(address) || !isPracticeAddress(address))
    throw new InputError(`"${name}" must be an address under practice.example.`)
  return address
}

/** Key of the mailbox that a body names; undefined for all. */
export function maybeMailbox(body: Reader): string | undefined {
  const mailbox = body.maybeText('mailbox')
  return mailbox === undefined ? undefined : addressKey(mailbox)
}

/** ISO text or milliseconds since 1970. */
export function moment(reader: Reader, name: string): number {
  const value = reader.raw(name)
  const ms = typeof value === 'string' ? readTime(value) : value
  if (typeof ms !== 'number' || !Number.isFinite(ms)) throw new InputError(`"${name}" must be a time.`)
  return ms
}

const CALLS: readonly string[] = [
  ...METHOD_TERMS.keys(),
  ...METHODS.map(({ name }) => name),
  ...MAIL_SERVER_CALLS,
  TOKEN_CALL,
  CONSENT_CALL,
  INTROSPECTION_CALL,
  'oauth2.revoke',
]

/**
 * All orders in a body: faults, and behaviours given with a scope (`{"messageIdRewrite": {"is": false, "mailbox": …}}`).
 * Behaviours for everybody and `historyTooOld` are read by the caller.
 */
export function readFaults(body: Reader, now: number): readonly NewFault[] {
  const behaviours = BEHAVIOUR_NAMES.filter((name) => typeof body.raw(name) === 'object' && body.has(name))
  return [...FAULT_KINDS, ...behaviours].flatMap((kind) => {
    const value = body.maybeReader(kind)
    return value === undefined ? [] : [readFault(kind, value, now)]
  })
}

/** The call that an order is for: one that exists, at something that meets calls. */
function readCall(kind: NewFault['kind'], value: Reader): string | undefined {
  const wanted = value.flag('all', false) ? '*' : value.maybeText('method')
  if (wanted === undefined) return undefined
  if ([...FAULTS_WITHOUT_CALL, ...WITHOUT_CALL].includes(kind))
    throw new InputError(`${kind} meets no call of a client: leave "method" out.`)
  if (wanted === '*' || isLine(wanted) || CALLS.includes(wanted)) return wanted
  throw new InputError(`"method" must be a verb and a path, or one of ${CALLS.join(', ')}.`)
}

function readRate(value: Reader): Pick<NewFault, 'every' | 'probability' | 'seed' | 'times'> {
  const [every, times] = ['every', 'times'].map((name) => {
    const count = value.maybeNumber(name)
    if (count !== undefined && (!Number.isInteger(count) || count < 1))
      throw new InputError(`"${name}" must be a whole number from 1.`)
    return count
  })
  const probability = value.maybeNumber('probability')
  if (probability !== undefined && (probability < 0 || probability > 1))
    throw new InputError('"probability" must be a number from 0 to 1.')
  return { every, probability, seed: value.maybeText('seed') ?? '', times }
}

function readFault(kind: NewFault['kind'], value: Reader, now: number): NewFault {
  const forMs = value.maybeNumber('forMs')
  return {
    kind,
    mailbox: maybeMailbox(value) ?? '',
    ...readRate(value),
    ms: kind === 'lateBounce' ? (value.maybeNumber('afterMs') ?? 60_000) : (value.maybeNumber('ms') ?? 0),
    until: kind === 'throttle' ? (forMs === undefined ? moment(value, 'until') : now + forMs) : 0,
    status: kind === 'fail' ? value.number('status') : 0,
    body: value.raw('body'),
    method: readCall(kind, value),
    retryAfter: readPatience(kind, value),
    to: kind === 'lateBounce' ? addressKey(value.maybeText('to') ?? '') : '',
    enhancedStatus: kind === 'lateBounce' ? (value.maybeText('status') ?? '5.1.1') : '',
    as: readWording(kind, value),
    is: isBehaviour(kind) ? checked(kind, value.raw('is'), 'is') : undefined,
  }
}

/** Of a failure the header as it stands; of throttling the way in which a provider says until when. */
function readPatience(kind: NewFault['kind'], value: Reader): string | undefined {
  const way = value.maybeText('retryAfter')
  if (kind === 'throttle' && way !== undefined && !PATIENCES.some((each) => each === way))
    throw new InputError(`"retryAfter" must be one of ${PATIENCES.join(', ')}.`)
  return way
}

/** What `as` may say; at `throttle` it may be left out. */
const WORDED: Partial<Record<NewFault['kind'], readonly string[]>> = {
  refused: REFUSAL_NAMES,
  handshake: HANDSHAKES,
  throttle: WORDINGS,
}

function readWording(kind: NewFault['kind'], value: Reader): string {
  const known = WORDED[kind]
  const as = kind === 'throttle' ? value.maybeText('as') : known && value.text('as')
  if (known === undefined || as === undefined) return ''
  if (!known.includes(as)) throw new InputError(`"as" must be one of ${known.join(', ')}.`)
  return as
}

/** `{count, seed?, temperament?, language?}` or `{list}`; `known` gives what is already kept of an address. */
export function readPeople(
  body: Reader,
  known: (address: string) => Person | undefined,
): readonly Omit<Person, 'key'>[] {
  const seed = body.maybeText('seed') ?? 'people'
  const shared = { temperament: temperament(body), language: body.maybeText('language') }
  if (!body.has('list')) {
    return Array.from({ length: Math.min(body.number('count'), 20_000) }, (_, index) => {
      const invented = inventPerson(seed, index)
      return withManager({
        ...invented,
        temperament: shared.temperament ?? invented.temperament,
        language: shared.language ?? invented.language,
      })
    })
  }
  return body.readers('list').map((entry, index) => {
    const invented = inventPerson(seed, index)
    const address = entry.has('address') ? practiceAddress(entry, 'address') : invented.address
    const before = known(address) ?? { ...invented, address }
    return withManager({
      address,
      name: entry.maybeText('name') ?? before.name,
      handle: entry.maybeText('handle') ?? before.handle,
      language: entry.maybeText('language') ?? shared.language ?? before.language,
      temperament: temperament(entry) ?? shared.temperament ?? before.temperament,
      client: CLIENTS.find((each) => each === entry.maybeText('client')) ?? before.client,
      marker: entry.maybeText('marker') ?? before.marker,
      manager: entry.has('manager') ? practiceAddress(entry, 'manager') : before.manager,
    })
  })
}

function temperament(reader: Reader): Person['temperament'] | undefined {
  const wanted = reader.maybeText('temperament')
  if (wanted === undefined) return undefined
  const found = TEMPERAMENTS.find((each) => each === wanted)
  if (found === undefined) throw new InputError(`"temperament" must be one of ${TEMPERAMENTS.join(', ')}.`)
  return found
}

function withManager(person: Omit<Person, 'key'>): Omit<Person, 'key'> {
  if (person.temperament !== 'manager' || person.manager !== '') return person
  return { ...person, manager: `office.${person.address.split('@')[0] ?? 'x'}@${MANAGEMENT_DOMAIN}` }
}

export function readActing(body: Reader, before: Acting): Acting {
  return {
    on: body.flag('on', before.on),
    seed: body.maybeText('seed') ?? before.seed,
    pace: body.has('pace') ? readPace(body.raw('pace')) : before.pace,
  }
}

export function readAttachments(body: Reader): readonly Attachment[] {
  return body.readers('attachments').map((each) => ({
    filename: each.text('filename'),
    contentType: each.maybeText('contentType') ?? 'application/octet-stream',
    content: Buffer.from(each.text('contentBase64'), 'base64'),
  }))
}
