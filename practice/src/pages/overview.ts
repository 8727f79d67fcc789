/** The first page of the practice world: its mailboxes and people, how soon they act, and what was recorded of late. */
import { html } from 'hono/html'
import { type Clock, isoTime } from '../clock.ts'
import type { Acting } from '../people/acting.ts'
import { paceName } from '../people/pace.ts'
import { listPeople } from '../people/people.ts'
import { arrivalsSince, callsSince, mailsSince, recordCounts } from '../records.ts'
import { listAccounts, messageCounts } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import type { Html, Language } from './layout.ts'
import { SWITCH_WORDS } from './switch-words.ts'
import { WORDS } from './words.ts'

type Piece = Html | Promise<Html>

const RECENT = 30

export function overview(store: Store, clock: Clock, acting: Acting, language: Language): Piece {
  const words = WORDS[language]
  const totals = recordCounts(store, undefined)
  const other = language === 'de' ? 'en' : 'de'
  return html`<p class="top"><a href="/switches?hl=${language}">${SWITCH_WORDS[language].title}</a><a href="/?hl=${other}" lang="${other}">${WORDS[other].ownName}</a></p><h1>${words.title}</h1><p class="grey">${words.intro} ${shortTime(clock.now())} UTC.</p>
<h2>${words.people}</h2>${paceForm(acting, language)}${peopleTable(store, language)}
<h2>${words.mailboxes}</h2>${mailboxTable(store, language)}
<h2>${words.arrivals} (${totals.arrivals})</h2>${arrivalTable(store, totals.arrivals, language)}
<h2>${words.mails} (${totals.mails})</h2>${mailTable(store, totals.mails, language)}
<h2>${words.calls} (${totals.calls})</h2>${callTable(store, totals.calls, language)}
`
}

function paceForm(acting: Acting, language: Language): Piece {
  const words = WORDS[language]
  const present = acting.on ? (paceName(acting.pace) ?? 'other') : 'off'
  const choices = (['immediately', 'minutes', 'off'] as const).map(
    (choice) =>
      html`<button type="submit" name="pace" value="${choice}" aria-pressed="${choice === present ? 'true' : 'false'}">${words.pace[choice]}</button>`,
  )
  return html`<form method="post" action="/people/act?hl=${language}" class="pace"><fieldset><legend>${words.paceQuestion}</legend>${choices}</fieldset>
<p class="grey">${words.paceSentence[present]}</p></form>`
}

/** Who got mail comes first; the others by name. */
function peopleTable(store: Store, language: Language): Piece {
  const words = WORDS[language]
  const counts = messageCounts(store)
  const people = listPeople(store)
    .toSorted((a, b) => (counts.get(b.key) ?? 0) - (counts.get(a.key) ?? 0) || a.name.localeCompare(b.name))
    .slice(0, RECENT * 2)
  return table(
    people.map(
      (person) => html`<tr><td class="right grey">${counts.get(person.key) ?? 0}</td>
<td><a href="/mailbox/${person.address}?hl=${language}">${person.name}</a><br><span class="grey">${person.address}</span></td>
<td>${words.temperament[person.temperament]}<br><span class="grey">${words.client[person.client]}</span></td></tr>`,
    ),
    language,
  )
}

function mailboxTable(store: Store, language: Language): Piece {
  const counts = messageCounts(store)
  const people = new Set(listPeople(store).map((person) => person.key))
  const accounts = listAccounts(store).filter((account) => !people.has(account.key))
  return table(
    accounts.map(
      (account) => html`<tr><td class="right grey">${counts.get(account.key) ?? 0}</td>
<td><a href="/mailbox/${account.address}?hl=${language}">${account.name}</a><br><span class="grey">${account.address}</span></td>
<td class="grey">${WORDS[language].kind[account.kind]}</td></tr>`,
    ),
    language,
  )
}

function mailTable(store: Store, total: number, language: Language): Piece {
  const page = { since: Math.max(total - RECENT, 0), limit: RECENT }
  return table(
    mailsSince(store, page, 'without raw')
      .toReversed()
      .map(
        (mail) => html`<tr><td class="right grey">${dayAndTime(mail.at)}</td>
<td><a href="/mailbox/${mail.mailbox}/${mail.id}?hl=${language}">${mail.subject}</a><br><span class="grey">${mail.mailbox}</span></td><td class="grey">${mail.recipients.join(', ')}</td></tr>`,
      ),
    language,
  )
}

function arrivalTable(store: Store, total: number, language: Language): Piece {
  return table(
    arrivalsSince(store, { since: Math.max(total - RECENT, 0), limit: RECENT })
      .toReversed()
      .map(
        (arrival) => html`<tr><td class="right grey">${dayAndTime(arrival.at)}</td>
<td><a href="/mailbox/${arrival.mailbox}/${arrival.id}?hl=${language}">${arrival.subject}</a><br><span class="grey">${arrival.from}</span></td><td class="grey">${arrival.mailbox}</td></tr>`,
      ),
    language,
  )
}

function callTable(store: Store, total: number, language: Language): Piece {
  return table(
    callsSince(store, { since: Math.max(total - RECENT, 0), limit: RECENT })
      .toReversed()
      .map(
        (
          call,
        ) => html`<tr><td class="right grey">${dayAndTime(call.at)}</td><td>${call.method}<br><span class="grey">${call.mailbox}</span></td>
<td>${call.status}</td><td class="grey">${call.fields.join(', ')}</td></tr>`,
      ),
    language,
  )
}

export function table(rows: readonly Piece[], language: Language): Piece {
  return rows.length === 0
    ? html`<p class="grey">${WORDS[language].empty}</p>`
    : html`<table><tbody>${rows}</tbody></table>`
}

export function shortTime(ms: number): string {
  return isoTime(ms).slice(0, 16).replace('T', ' ')
}

function dayAndTime(iso: string): string {
  return iso.slice(5, 19).replace('T', ' ')
}
