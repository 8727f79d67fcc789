/** The pages for people: what the practice world recorded, and each mailbox to read and answer by hand as its owner. */
import { html } from 'hono/html'
import { type Context, Hono } from 'hono'
import { InputError, Reader } from '../json.ts'
import { type LetterParts, replyNow } from '../control/letters.ts'
import { filesIn, withPictures } from './letter.ts'
import { parseParts, bodyText, readableText } from '../mime/parts.ts'
import type { People } from '../people/acting.ts'
import { PACES, type PaceName } from '../people/pace.ts'
import { accountAt } from '../store/accounts.ts'
import { messageAt, newestMessages, rawOf } from '../store/mailboxes.ts'
import { type Language, languageOf, page } from './layout.ts'
import { overview, shortTime, table } from './overview.ts'
import { WORDS } from './words.ts'

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
        content: overview(store, clock, people.acting, language),
      }),
    )
  })

  app.post('/people/act', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const wish = form.get('pace')
    const pace = (Object.keys(PACES) as PaceName[]).find((each) => each === wish)
    people.setActing({
      ...people.acting,
      on: pace !== undefined,
      ...(pace === undefined ? {} : { pace: PACES[pace] }),
    })
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
<td><a href="/mailbox/${account.address}/${message.id}?hl=${language}">${message.subject === '' ? '–' : message.subject}</a><br><span class="grey">${message.labels.join(' · ')}</span></td></tr>`,
    )
    const content = html`<p><a href="/?hl=${language}">${WORDS[language].back}</a></p><h1>${account.name}</h1><p class="grey">${account.address}</p>${table(rows, language)}`
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
    const rich = withPictures(bodyText(root, 'text/html'), root)
    const files = filesIn(root)
    const content = html`<p><a href="/mailbox/${account.address}?hl=${language}">${words.back}</a></p><h1>${message.subject}</h1>
<p class="grey">${shortTime(message.internalDate)} · ${message.sender} ${words.to} ${message.recipients}</p>
${rich === undefined ? html`<pre>${readableText(root)}</pre>` : html`<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${`<base target="_blank">${rich}`}" title="${message.subject}"></iframe>`}
${files.length === 0 ? '' : html`<p class="grey">${files.map((file) => file.filename).join(' · ')}</p>`}
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
