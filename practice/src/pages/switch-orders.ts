/** What the forms of the page with the switches say, in the shape in which the control interface takes it. */
import { type Behaviour, type BehaviourName, NORMAL, isBehaviour } from '../behaviour.ts'
import { FAULT_KINDS, type FaultKind } from '../faults.ts'
import { InputError } from '../json.ts'

type Body = Readonly<Record<string, unknown>>

/** What the field for seconds is called in an order, and what it says at first. */
export const SECONDS: Partial<Record<FaultKind, readonly [name: string, usual: number]>> = {
  stallAfterAccept: ['ms', 60],
  throttle: ['forMs', 600],
  lateBounce: ['afterMs', 60],
  pushDelayed: ['ms', 30],
  pushEarly: ['ms', 5],
  handshake: ['ms', 10],
}

export function faultOrder(form: URLSearchParams): Body {
  const kind = FAULT_KINDS.find((each) => each === form.get('kind'))
  if (kind === undefined) throw new InputError(`"kind" must be one of ${FAULT_KINDS.join(', ')}.`)
  const seconds = SECONDS[kind]
  const status = form.get('status') ?? ''
  return {
    [kind]: {
      ...scope(form),
      ...(seconds === undefined ? {} : { [seconds[0]]: (numberIn(form, 'seconds') ?? seconds[1]) * 1000 }),
      status: kind === 'fail' ? Number(status) : status,
      as: form.get('as') ?? '',
      retryAfter: form.get('retryAfter') ?? '',
      to: form.get('to') ?? '',
      all: form.has('all'),
    },
  }
}

export function behaviourOrder(form: URLSearchParams): Body {
  const name = form.get('name') ?? ''
  if (!isBehaviour(name)) throw new InputError('"name" must be a behaviour.')
  return { [name]: { ...scope(form), is: valueOf(name, form.get('is') ?? '') } }
}

/** All behaviours as they stand in the form. */
export function behaviourIn(form: URLSearchParams, before: Behaviour): Body {
  return Object.fromEntries(
    Object.entries(before).map(([name, value]: readonly [string, unknown]) => {
      if (typeof value === 'boolean') return [name, form.has(name)]
      const text = form.get(name) ?? ''
      return [name, typeof value === 'number' ? Number(text) : text]
    }),
  )
}

/** For whom, at which call, how often: the same in every order. */
function scope(form: URLSearchParams): Body {
  const percent = numberIn(form, 'chance')
  const seed = form.get('seed') ?? ''
  return {
    mailbox: form.get('mailbox') ?? '',
    method: form.get('method') ?? '',
    every: percent === undefined ? numberIn(form, 'every') : undefined,
    probability: percent === undefined ? undefined : percent / 100,
    seed: percent === undefined ? undefined : seed === '' ? 'switches' : seed,
    times: numberIn(form, 'times'),
  }
}

function numberIn(form: URLSearchParams, name: string): number | undefined {
  const text = form.get(name) ?? ''
  return text === '' ? undefined : Number(text)
}

function valueOf(name: BehaviourName, text: string): unknown {
  if (typeof NORMAL[name] === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return typeof NORMAL[name] === 'number' ? Number(text === '' ? 'nothing' : text) : text
}
