/** The page with the switches: which faults stand, one form for each kind to order another, and one for the behaviour. */
import { html } from 'hono/html'
import { type Context, Hono } from 'hono'
import type { Clock } from '../clock.ts'
import { REFUSAL_NAMES, readFaults } from '../control/requests.ts'
import {
  type Behaviour,
  FAULT_KINDS,
  type FaultKind,
  type Faults,
  type ListedFault,
  readBehaviour,
} from '../faults.ts'
import { InputError, Reader } from '../json.ts'
import { listAccounts } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import { type Html, type Language, languageOf, page } from './layout.ts'
import { SWITCH_WORDS } from './switch-words.ts'
import { WORDS } from './words.ts'

type Piece = Html | Promise<Html>

interface SwitchParts {
  readonly store: Store
  readonly clock: Clock
  readonly faults: Faults
}

const STATUSES = ['5.1.1', '5.7.1', '5.4.5', '5.1.8', '5.7.233', '5.2.2', '4.2.2']
/** What the field for seconds is called in an order, and what it says at first. */
const SECONDS: Partial<Record<FaultKind, readonly [name: string, usual: number]>> = {
  stallAfterAccept: ['ms', 60],
  throttle: ['forMs', 600],
  lateBounce: ['afterMs', 60],
  pushDelayed: ['ms', 30],
  pushEarly: ['ms', 5],
}

export function switchRoutes(parts: SwitchParts): Hono {
  const { clock, faults } = parts
  const app = new Hono()

  const shown = async (c: Context, problem = ''): Promise<Response> => {
    const language = languageOf(c.req.query('hl'), c.req.header('accept-language'))
    const { title } = SWITCH_WORDS[language]
    const content = switchPage(parts, language, problem)
    return c.html(await page({ language, title, width: 'wide', content }), problem === '' ? 200 : 400)
  }
  const acted = async (c: Context, act: (form: URLSearchParams) => void): Promise<Response> => {
    try {
      act(new URLSearchParams(await c.req.text()))
    } catch (failure) {
      if (failure instanceof InputError) return shown(c, failure.message)
      throw failure
    }
    return c.redirect(`/switches?hl=${languageOf(c.req.query('hl'), c.req.header('accept-language'))}`, 303)
  }

  app.get('/switches', (c) => shown(c))
  app.post('/switches/order', (c) =>
    acted(c, (form) => {
      for (const fault of readFaults(new Reader(orderIn(form)), clock.now())) faults.add(fault)
    }),
  )
  app.post('/switches/end', (c) =>
    acted(c, (form) => {
      if (form.get('fault') === 'all') faults.clear()
      else faults.endOne(Number(form.get('fault')))
    }),
  )
  app.post('/switches/behaviour', (c) =>
    acted(c, (form) =>
      faults.setBehaviour(readBehaviour(new Reader(behaviourIn(form, faults.behaviour)), faults.behaviour)),
    ),
  )
  return app
}

/** The order as the control interface takes it. */
function orderIn(form: URLSearchParams): Readonly<Record<string, unknown>> {
  const kind = FAULT_KINDS.find((each) => each === form.get('kind'))
  if (kind === undefined) throw new InputError(`"kind" must be one of ${FAULT_KINDS.join(', ')}.`)
  const number = (name: string): number | undefined => {
    const text = form.get(name) ?? ''
    return text === '' ? undefined : Number(text)
  }
  const percent = number('chance')
  const seconds = SECONDS[kind]
  const status = form.get('status') ?? ''
  return {
    [kind]: {
      mailbox: form.get('mailbox') ?? '',
      every: percent === undefined ? number('every') : undefined,
      probability: percent === undefined ? undefined : percent / 100,
      seed: percent === undefined ? undefined : 'switches',
      times: number('times'),
      ...(seconds === undefined ? {} : { [seconds[0]]: (number('seconds') ?? seconds[1]) * 1000 }),
      status: kind === 'fail' ? Number(status) : status,
      as: form.get('as') ?? '',
      to: form.get('to') ?? '',
      all: form.has('all'),
    },
  }
}

function behaviourIn(form: URLSearchParams, before: Behaviour): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(before).map(([name, value]: readonly [string, unknown]) => {
      if (typeof value === 'boolean') return [name, form.has(name)]
      const text = form.get(name) ?? ''
      return [name, typeof value === 'number' ? Number(text) : text]
    }),
  )
}

function switchPage(parts: SwitchParts, language: Language, problem: string): Piece {
  const words = SWITCH_WORDS[language]
  const other = language === 'de' ? 'en' : 'de'
  return html`<p class="top"><a href="/?hl=${language}">${WORDS[language].back}</a><a href="/switches?hl=${other}" lang="${other}">${WORDS[other].ownName}</a></p>
<h1>${words.title}</h1><p class="grey">${words.intro}</p>${problem === '' ? '' : html`<p role="alert"><strong>${problem}</strong></p>`}
<h2>${words.standing}</h2>${standing(parts.faults, language)}
<h2>${words.order}</h2>${FAULT_KINDS.map((kind) => orderForm(parts.store, kind, language))}
<h2>${words.behaviour}</h2><p class="grey">${words.domains}</p>${behaviourForm(parts.faults.behaviour, language)}`
}

function standing(faults: Faults, language: Language): Piece {
  const words = SWITCH_WORDS[language]
  const rows = faults.list().map(
    (
      fault,
    ) => html`<tr><td>${words.fault[fault.kind].name}<br><span class="grey">${particulars(fault)}</span></td>
<td>${fault.mailbox === '' ? words.all : fault.mailbox}<br><span class="grey">${howOften(fault, language)}, ${words.struck(fault.applied)}</span></td>
<td class="right"><button type="submit" name="fault" value="${fault.seq}">${words.end}</button></td></tr>`,
  )
  const list =
    rows.length === 0
      ? html`<p class="grey">${WORDS[language].empty}</p>`
      : html`<table><tbody>${rows}</tbody></table>`
  return html`<form method="post" action="/switches/end?hl=${language}">${list}
<div class="acts"><button type="submit" name="fault" value="all">${words.endAll}</button></div></form>`
}

function particulars(fault: ListedFault): string {
  const status = fault.status === 0 ? fault.enhancedStatus : String(fault.status)
  const seconds = fault.ms === 0 ? '' : `${fault.ms / 1000} s`
  return [fault.as, status, fault.to, seconds].filter((each) => each !== '').join(' · ')
}

function howOften(fault: ListedFault, language: Language): string {
  const words = SWITCH_WORDS[language]
  const { every, probability, times } = fault
  const usual = every === undefined || every === 1 ? words.everyTime : words.everyNth(every)
  const rate = probability === undefined ? usual : words.withChance(Math.round(probability * 100))
  return times === undefined ? rate : `${rate}, ${words.atMost(times)}`
}

function orderForm(store: Store, kind: FaultKind, language: Language): Piece {
  const words = SWITCH_WORDS[language]
  const { name, sentence } = words.fault[kind]
  const mailboxes = listAccounts(store).filter((account) => account.kind === 'brand')
  return html`<details><summary><strong>${name}</strong> <span class="grey">${sentence}</span></summary>
<form method="post" action="/switches/order?hl=${language}"><input type="hidden" name="kind" value="${kind}"><div class="fields">
<label class="field">${words.mailbox}<select name="mailbox"><option value="">${words.all}</option>${mailboxes.map(
    ({ address }) => html`<option>${address}</option>`,
  )}</select></label>${ownFields(kind, language)}
<label class="field">${words.every}<input type="number" name="every" min="1" step="1" value="1"></label>
<label class="field">${words.chance}<input type="number" name="chance" min="0" max="100"></label>
<label class="field">${words.times}<input type="number" name="times" min="1" step="1"></label></div>
<div class="acts"><button class="main" type="submit">${words.add}</button></div></form></details>`
}

function ownFields(kind: FaultKind, language: Language): readonly Piece[] {
  const words = SWITCH_WORDS[language]
  const choice = (label: string, name: string, options: readonly string[]): Piece =>
    html`<label class="field">${label}<select name="${name}">${options.map((each) => html`<option>${each}</option>`)}</select></label>`
  const seconds = SECONDS[kind]
  const own: Piece[] = []
  if (seconds !== undefined)
    own.push(
      html`<label class="field">${words.seconds}<input type="number" name="seconds" min="0" value="${seconds[1]}"></label>`,
    )
  if (kind === 'refused') own.push(choice(words.as, 'as', REFUSAL_NAMES))
  if (kind === 'lateBounce')
    own.push(
      choice(words.status, 'status', STATUSES),
      html`<label class="field">${words.to}<input type="email" name="to"></label>`,
    )
  if (kind === 'fail')
    own.push(
      html`<label class="field">${words.status}<input type="number" name="status" min="0" max="599" value="503"></label>`,
    )
  if (kind === 'throttle')
    own.push(html`<label class="tick"><input type="checkbox" name="all">${words.everything}</label>`)
  return own
}

function behaviourForm(behaviour: Behaviour, language: Language): Piece {
  const words = SWITCH_WORDS[language]
  const named = Object.entries(words.switch) as readonly (readonly [keyof Behaviour, string])[]
  const flags = named.filter(([name]) => typeof behaviour[name] === 'boolean')
  const others = named.filter(([name]) => typeof behaviour[name] !== 'boolean')
  return html`<form method="post" action="/switches/behaviour?hl=${language}">${flags.map(
    ([name, label]) =>
      html`<label><input type="checkbox" name="${name}" ${behaviour[name] === true ? 'checked' : ''}><span>${label}</span></label>`,
  )}<div class="fields apart">${others.map(
    ([name, label]) =>
      html`<label class="field">${label}<input type="${typeof behaviour[name] === 'number' ? 'number' : 'text'}" name="${name}" min="0" value="${String(behaviour[name])}"></label>`,
  )}</div><div class="acts"><button class="main" type="submit">${words.save}</button></div></form>`
}
