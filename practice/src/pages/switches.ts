/** The page with the switches: what is in force, forms to order faults and other behaviour, what happens at once, and the behaviour for everybody. */
import { html } from 'hono/html'
import { type Context, Hono } from 'hono'
import {
  BEHAVIOUR_NAMES,
  type Behaviour,
  type BehaviourName,
  NORMAL,
  isBehaviour,
  readBehaviour,
} from '../behaviour.ts'
import { ACTS, type ActParts, act } from '../control/acts.ts'
import { knownMailbox } from '../control/reading.ts'
import { REFUSAL_NAMES, readFaults } from '../control/requests.ts'
import {
  FAULTS_WITHOUT_CALL,
  FAULT_KINDS,
  HANDSHAKES,
  PATIENCES,
  type FaultKind,
  type Faults,
  type ListedFault,
  orderKind,
} from '../faults.ts'
import { InputError, Reader } from '../json.ts'
import { listAccounts } from '../store/accounts.ts'
import { BEHAVIOUR_WORDS } from './behaviour-words.ts'
import { type Html, type Language, languageOf, page } from './layout.ts'
import { WORDINGS } from '../google/gmail-errors.ts'
import { SECONDS, behaviourIn, behaviourOrder, faultOrder } from './switch-orders.ts'
import { SWITCH_WORDS } from './switch-words.ts'
import { WORDS } from './words.ts'

type Piece = Html | Promise<Html>

interface SwitchParts extends ActParts {
  readonly faults: Faults
}

const STATUSES = ['5.1.1', '5.7.1', '5.4.5', '5.1.8', '5.7.233', '5.2.2', '4.2.2']

export function switchRoutes(parts: SwitchParts): Hono {
  const { clock, faults, store } = parts
  const app = new Hono()

  const shown = async (c: Context, problem = ''): Promise<Response> => {
    const language = languageOf(c.req.query('hl'), c.req.header('accept-language'))
    const { title } = SWITCH_WORDS[language]
    const content = switchPage(parts, language, problem)
    return c.html(await page({ language, title, width: 'wide', content }), problem === '' ? 200 : 400)
  }
  const acted = async (c: Context, done: (form: URLSearchParams) => void): Promise<Response> => {
    try {
      done(new URLSearchParams(await c.req.text()))
    } catch (failure) {
      if (failure instanceof InputError) return shown(c, failure.message)
      throw failure
    }
    return c.redirect(`/switches?hl=${languageOf(c.req.query('hl'), c.req.header('accept-language'))}`, 303)
  }
  const order = (body: Readonly<Record<string, unknown>>): void => {
    for (const fault of readFaults(new Reader(body), clock.now())) faults.add(fault)
  }

  app.get('/switches', (c) => shown(c))
  app.post('/switches/order', (c) => acted(c, (form) => order(faultOrder(form))))
  app.post('/switches/order-behaviour', (c) => acted(c, (form) => order(behaviourOrder(form))))
  app.post('/switches/act', (c) =>
    acted(c, (form) => {
      const wanted = ACTS.find((each) => each === form.get('act'))
      if (wanted === undefined) throw new InputError(`"act" must be one of ${ACTS.join(', ')}.`)
      act(parts, wanted, knownMailbox(store, form.get('mailbox') ?? ''))
    }),
  )
  app.post('/switches/end', (c) =>
    acted(c, (form) => {
      const wanted = form.get('fault') ?? ''
      const kind = orderKind(wanted)
      if (wanted === 'all') faults.clear()
      else if (kind !== undefined && isBehaviour(kind))
        faults.setBehaviour({ ...faults.behaviour, [kind]: NORMAL[kind] })
      else faults.endOne(Number(wanted))
    }),
  )
  app.post('/switches/behaviour', (c) =>
    acted(c, (form) =>
      faults.setBehaviour(readBehaviour(new Reader(behaviourIn(form, faults.behaviour)), faults.behaviour)),
    ),
  )
  return app
}

function switchPage(parts: SwitchParts, language: Language, problem: string): Piece {
  const words = SWITCH_WORDS[language]
  const other = language === 'de' ? 'en' : 'de'
  const mailboxes = listAccounts(parts.store).filter((account) => account.kind === 'brand')
  const addresses = mailboxes.map(({ address }) => html`<option>${address}</option>`)
  return html`<p class="top"><a href="/?hl=${language}">${WORDS[language].back}</a><a href="/switches?hl=${other}" lang="${other}">${WORDS[other].ownName}</a></p>
<h1>${words.title}</h1><p class="grey">${words.intro}</p>${problem === '' ? '' : html`<p role="alert"><strong>${problem}</strong></p>`}
<h2>${words.standing}</h2>${standing(parts.faults, language)}
<h2>${words.order}</h2>${FAULT_KINDS.map((kind) => orderForm(addresses, kind, language))}
<h2>${words.orderBehaviour}</h2><p class="grey">${words.orderBehaviourIntro} ${words.domains}</p>${behaviourOrderForm(addresses, language)}
<h2>${words.atOnce}</h2><p class="grey">${words.atOnceIntro}</p>${actForm(addresses, language)}
<h2>${words.behaviour}</h2><p class="grey">${words.domains}</p>${behaviourForm(parts.faults.behaviour, language)}`
}

function standing(faults: Faults, language: Language): Piece {
  const words = SWITCH_WORDS[language]
  const end = (value: string | number, label: string): Piece =>
    html`<td class="right"><button type="submit" name="fault" value="${value}">${label}</button></td>`
  const rows = faults.list().map(
    (
      fault,
    ) => html`<tr><td>${isBehaviour(fault.kind) ? BEHAVIOUR_WORDS[language][fault.kind] : words.fault[fault.kind].name}<br><span class="grey">${particulars(fault)}</span></td>
<td>${fault.mailbox === '' ? words.all : fault.mailbox}<br><span class="grey">${howOften(fault, language)}, ${words.struck(fault.applied)}</span></td>
${end(fault.seq, words.end)}</tr>`,
  )
  const others = BEHAVIOUR_NAMES.filter((name) => faults.behaviour[name] !== NORMAL[name]).map(
    (
      name,
    ) => html`<tr><td>${BEHAVIOUR_WORDS[language][name]}<br><span class="grey">${String(faults.behaviour[name])}</span></td>
<td>${words.all}<br><span class="grey">${words.otherwise}</span></td>${end(name, words.usual)}</tr>`,
  )
  const list =
    rows.length + others.length === 0
      ? html`<p class="grey">${WORDS[language].empty}</p>`
      : html`<table><tbody>${rows}${others}</tbody></table>`
  return html`<form method="post" action="/switches/end?hl=${language}">${list}
<div class="acts"><button type="submit" name="fault" value="all">${words.endAll}</button></div></form>`
}

function particulars(fault: ListedFault): string {
  const status = fault.status === 0 ? fault.enhancedStatus : String(fault.status)
  const seconds = fault.ms === 0 ? '' : `${fault.ms / 1000} s`
  const value = isBehaviour(fault.kind) ? String(fault.is) : ''
  return [value, fault.as, fault.retryAfter ?? '', status, fault.to, seconds, fault.method ?? '']
    .filter((each) => each !== '')
    .join(' · ')
}

function howOften(fault: ListedFault, language: Language): string {
  const words = SWITCH_WORDS[language]
  const { every, probability, times } = fault
  const usual = every === undefined || every === 1 ? words.everyTime : words.everyNth(every)
  const rate = probability === undefined ? usual : words.withChance(Math.round(probability * 100))
  return times === undefined ? rate : `${rate}, ${words.atMost(times)}`
}

/** For whom, at which call, how often: the same in every order. */
function scopeFields(addresses: readonly Piece[], meets: 'calls' | 'no call', language: Language): Piece {
  const words = SWITCH_WORDS[language]
  const call = html`<label class="field wide">${words.call}<input type="text" name="method" placeholder="${words.callHint}"></label>`
  return html`<label class="field">${words.mailbox}<select name="mailbox"><option value="">${words.all}</option>${addresses}</select></label>
${meets === 'calls' ? call : ''}
<label class="field">${words.every}<input type="number" name="every" min="1" step="1" value="1"></label>
<label class="field">${words.chance}<input type="number" name="chance" min="0" max="100"></label>
<label class="field">${words.seed}<input type="text" name="seed"></label>
<label class="field">${words.times}<input type="number" name="times" min="1" step="1"></label>`
}

function orderForm(addresses: readonly Piece[], kind: FaultKind, language: Language): Piece {
  const words = SWITCH_WORDS[language]
  const { name, sentence } = words.fault[kind]
  const meets = FAULTS_WITHOUT_CALL.includes(kind) ? 'no call' : 'calls'
  return html`<details><summary><strong>${name}</strong> <span class="grey">${sentence}</span></summary>
<form method="post" action="/switches/order?hl=${language}"><input type="hidden" name="kind" value="${kind}"><div class="fields">
${ownFields(kind, language)}${scopeFields(addresses, meets, language)}</div>
<div class="acts"><button class="main" type="submit">${words.add}</button></div></form></details>`
}

function behaviourOrderForm(addresses: readonly Piece[], language: Language): Piece {
  const words = SWITCH_WORDS[language]
  const option = (name: BehaviourName): Piece =>
    html`<option value="${name}">${BEHAVIOUR_WORDS[language][name]}</option>`
  return html`<form method="post" action="/switches/order-behaviour?hl=${language}"><div class="fields">
<label class="field wide">${words.which}<select name="name">${BEHAVIOUR_NAMES.map(option)}</select></label>
<label class="field">${words.value}<input type="text" name="is" placeholder="${words.values}"></label>${scopeFields(addresses, 'calls', language)}</div>
<div class="acts"><button class="main" type="submit">${words.add}</button></div></form>`
}

function actForm(addresses: readonly Piece[], language: Language): Piece {
  const words = SWITCH_WORDS[language]
  return html`<form method="post" action="/switches/act?hl=${language}"><div class="fields">
<label class="field">${words.mailbox}<select name="mailbox">${addresses}</select></label>
<label class="field wide">${words.atOnce}<select name="act">${ACTS.map((each) => html`<option value="${each}">${words.acts[each]}</option>`)}</select></label></div>
<div class="acts"><button type="submit">${words.act}</button></div></form>`
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
  if (kind === 'handshake') own.push(choice(words.outcome, 'as', HANDSHAKES))
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
    own.push(
      choice(words.wording, 'as', ['', ...WORDINGS]),
      choice(words.patience, 'retryAfter', ['', ...PATIENCES]),
      html`<label class="tick"><input type="checkbox" name="all">${words.everything}</label>`,
    )
  return own
}

function behaviourForm(behaviour: Behaviour, language: Language): Piece {
  const words = SWITCH_WORDS[language]
  const labels = BEHAVIOUR_WORDS[language]
  const flags = BEHAVIOUR_NAMES.filter((name) => typeof behaviour[name] === 'boolean')
  const others = BEHAVIOUR_NAMES.filter((name) => typeof behaviour[name] !== 'boolean')
  return html`<form method="post" action="/switches/behaviour?hl=${language}">${flags.map(
    (name) =>
      html`<label><input type="checkbox" name="${name}" ${behaviour[name] === true ? 'checked' : ''}><span>${labels[name]}</span></label>`,
  )}<div class="fields apart">${others.map(
    (name) =>
      html`<label class="field">${labels[name]}<input type="${typeof behaviour[name] === 'number' ? 'number' : 'text'}" name="${name}" min="0" value="${String(behaviour[name])}"></label>`,
  )}</div><div class="acts"><button class="main" type="submit">${words.save}</button></div></form>`
}
