/** The pages for people: what the practice world recorded, and each mailbox to read and answer by hand as its owner. */
import { html } from 'hono/html'
import { type Context, Hono } from 'hono'
import { type Clock, isoTime } from '../clock.ts'
import { InputError, Reader } from '../json.ts'
import { type LetterParts, replyNow } from '../control/letters.ts'
import { parseParts, bodyText, readableText } from '../mime/parts.ts'
import type { People } from '../people/acting.ts'
import { listPeople } from '../people/people.ts'
import type { ListedArrival, ListedMail } from '../records.ts'
import { arrivalsSince, callsSince, mailsSince, recordCounts } from '../records.ts'
import { accountAt, listAccounts, messageCounts } from '../store/accounts.ts'
import { messageAt, newestMessages, rawOf } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import { type Html, type Language, languageOf, page } from './layout.ts'

const WORDS = {
  en: {
    title: 'The practice world',
    intro:
      'What the practice provider holds and what it recorded. Nothing here is real, nothing leaves this machine.',
    mailboxes: 'Mailboxes',
    people: 'Influencers',
    mails: 'Emails accepted from clients',
    calls: 'Calls',
    arrivals: 'Emails that arrived',
    messages: 'Emails',
    answer: 'Answer as',
    send: 'Send',
    back: 'Back',
    to: 'to',
    acting: 'They read, apply and answer by themselves, after a while.',
    asleep: 'They wait until you answer for them.',
    act: 'Let them act',
    stop: 'Let them wait',
    empty: 'Nothing yet.',
    missing: 'There is no such mailbox or email.',
  },
  de: {
    title: 'Die Übungswelt',
    intro:
      'Was der Übungsanbieter enthält und was er aufgezeichnet hat. Nichts davon ist echt, nichts verlässt diesen Rechner.',
    mailboxes: 'Postfächer',
    people: 'Influencer',
    mails: 'Von Programmen angenommene E-Mails',
    calls: 'Aufrufe',
    arrivals: 'Angekommene E-Mails',
    messages: 'E-Mails',
    answer: 'Antworten als',
    send: 'Senden',
    back: 'Zurück',
    to: 'an',
    acting: 'Sie lesen, bewerben sich und antworten von selbst, nach einer Weile.',
    asleep: 'Sie warten, bis Sie für sie antworten.',
    act: 'Handeln lassen',
    stop: 'Warten lassen',
    empty: 'Noch nichts.',
    missing: 'Dieses Postfach oder diese E-Mail gibt es nicht.',
  },
} as const

const RECENT = 30

export function pageRoutes(parts: LetterParts & { readonly people: People }): Hono {
  const { store, clock, people } = parts
  const app = new Hono()

  app.get('/', async (c) => {
    const language = languageIn(c)
    return c.html(
      await page({
        language,
        title: WORDS[language].title,
        width: 'wide',
        content: overview(store, clock, people.acting.on, language),
      }),
    )
  })

  app.post('/people/act', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    people.setActing({ ...people.acting, on: form.get('on') === 'yes' })
    return c.redirect(`/?hl=${languageIn(c)}`, 303)
  })

  app.get('/mailbox/:address', async (c) => {
    const language = languageIn(c)
    const account = accountAt(store, c.req.param('address'))
    if (account === undefined) return c.html(await missing(language), 404)
    const rows = newestMessages(store, account.key, 200).map(
      (
        message,
      ) => html`<tr><td class="right grey">${shortTime(message.internalDate)}</td><td>${message.sender}</td>
<td><a href="/mailbox/${account.address}/${message.id}">${message.subject === '' ? '–' : message.subject}</a><br><span class="grey">${message.labels.join(' · ')}</span></td></tr>`,
    )
    const content = html`<p><a href="/">${WORDS[language].back}</a></p><h1>${account.name}</h1><p class="grey">${account.address}</p>${table(rows, language)}`
    return c.html(await page({ language, title: account.address, width: 'wide', content }))
  })

  app.get('/mailbox/:address/:id', async (c) => {
    const language = languageIn(c)
    const words = WORDS[language]
    const account = accountAt(store, c.req.param('address'))
    const message = account === undefined ? undefined : messageAt(store, account.key, c.req.param('id'))
    const raw = account === undefined ? undefined : rawOf(store, account.key, c.req.param('id'))
    if (account === undefined || message === undefined || raw === undefined)
      return c.html(await missing(language), 404)
    const root = parseParts(raw)
    const rich = bodyText(root, 'text/html')
    const content = html`<p><a href="/mailbox/${account.address}">${words.back}</a></p><h1>${message.subject}</h1>
<p class="grey">${shortTime(message.internalDate)} · ${message.sender} ${words.to} ${message.recipients}</p>
${rich === undefined ? html`<pre>${readableText(root)}</pre>` : html`<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${`<base target="_blank">${rich}`}" title="${message.subject}"></iframe>`}
<form method="post"><label class="field">${words.answer} ${account.name}<textarea name="text" rows="6" required></textarea></label>
<div class="acts"><button class="main" type="submit">${words.send}</button></div></form>`
    return c.html(await page({ language, title: message.subject, width: 'wide', content }))
  })

  app.post('/mailbox/:address/:id', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const address = c.req.param('address')
    try {
      await replyNow(
        parts,
        new Reader({ from: address, toMessage: c.req.param('id'), text: form.get('text') ?? '' }),
      )
    } catch (failure) {
      if (failure instanceof InputError) return c.html(await missing(languageIn(c)), 400)
      throw failure
    }
    return c.redirect(`/mailbox/${address}`, 303)
  })

  return app
}

function languageIn(c: Context): Language {
  return languageOf(c.req.query('hl'), c.req.header('accept-language'))
}

async function missing(language: Language): Promise<string> {
  return page({
    language,
    title: WORDS[language].title,
    width: 'wide',
    content: html`<p>${WORDS[language].missing}</p><p><a href="/">${WORDS[language].back}</a></p>`,
  })
}

function overview(store: Store, clock: Clock, acting: boolean, language: Language): Html | Promise<Html> {
  const words = WORDS[language]
  const counts = messageCounts(store)
  const totals = recordCounts(store, undefined)
  const people = new Map(listPeople(store).map((person) => [person.key, person]))
  const accounts = listAccounts(store)
  const brands = accounts.filter((account) => !people.has(account.key))
  const influencers = accounts
    .filter((account) => people.has(account.key))
    .toSorted((a, b) => (counts.get(b.key) ?? 0) - (counts.get(a.key) ?? 0))
    .slice(0, RECENT)
  const row = (
    account: (typeof accounts)[number],
  ): Html | Promise<Html> => html`<tr><td class="right grey">${counts.get(account.key) ?? 0}</td>
<td><a href="/mailbox/${account.address}">${account.name}</a></td><td>${account.address}</td><td class="grey">${people.get(account.key)?.temperament ?? account.kind}</td></tr>`
  const calls = callsSince(store, { since: Math.max(totals.calls - RECENT, 0), limit: RECENT }).toReversed()
  return html`<h1>${words.title}</h1><p class="grey">${words.intro} ${shortTime(clock.now())} UTC.</p>
<h2>${words.mailboxes}</h2>${table(brands.map(row), language)}
<h2>${words.people}</h2><form method="post" action="/people/act?hl=${language}"><p>${acting ? words.acting : words.asleep}
<button type="submit" name="on" value="${acting ? 'no' : 'yes'}">${acting ? words.stop : words.act}</button></p></form>${table(influencers.map(row), language)}
<h2>${words.mails} (${totals.mails})</h2>${table(recentMails(store, totals.mails).map(mailRow), language)}
<h2>${words.arrivals} (${totals.arrivals})</h2>${table(recentArrivals(store, totals.arrivals).map(arrivalRow), language)}
<h2>${words.calls} (${totals.calls})</h2>${table(
    calls.map(
      (
        call,
      ) => html`<tr><td class="right grey">${call.at.slice(5, 19).replace('T', ' ')}</td><td>${call.mailbox}</td><td>${call.method}</td><td>${call.status}</td>
<td class="grey">${call.fields.join(', ')}</td></tr>`,
    ),
    language,
  )}
`
}

function recentMails(store: Store, total: number): readonly ListedMail[] {
  return mailsSince(store, { since: Math.max(total - RECENT, 0), limit: RECENT }, 'without raw').toReversed()
}

function recentArrivals(store: Store, total: number): readonly ListedArrival[] {
  return arrivalsSince(store, { since: Math.max(total - RECENT, 0), limit: RECENT }).toReversed()
}

function mailRow(mail: ListedMail): Html | Promise<Html> {
  return html`<tr><td class="right grey">${mail.at.slice(5, 19).replace('T', ' ')}</td><td><a href="/mailbox/${mail.mailbox}/${mail.id}">${mail.subject}</a></td>
<td>${mail.mailbox}</td><td class="grey">${mail.recipients.join(', ')}</td></tr>`
}

function arrivalRow(arrival: ListedArrival): Html | Promise<Html> {
  return html`<tr><td class="right grey">${arrival.at.slice(5, 19).replace('T', ' ')}</td><td><a href="/mailbox/${arrival.mailbox}/${arrival.id}">${arrival.subject}</a></td>
<td>${arrival.from}</td><td class="grey">${arrival.mailbox} (${arrival.source})</td></tr>`
}

function table(rows: readonly (Html | Promise<Html>)[], language: Language): Html | Promise<Html> {
  return rows.length === 0
    ? html`<p class="grey">${WORDS[language].empty}</p>`
    : html`<table><tbody>${rows}</tbody></table>`
}

function shortTime(ms: number): string {
  return isoTime(ms).slice(0, 16).replace('T', ' ')
}
