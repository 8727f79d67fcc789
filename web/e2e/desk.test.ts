import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './find-browser.ts'
import { eachScreen } from './find-screens.ts'
import { Keyboard } from './keyboard.ts'
import { findingsInBoth, findingsOn, settled } from './look.ts'
import { overlays } from './overlays.ts'
import { type Programs, startPrograms } from './programs.ts'
import { enter } from './scene/enter.ts'
import { briefPath } from './scene/practice-side.ts'
import { type Scene, setScene, team } from './scene/scene.ts'
import { withSights } from './sights.ts'
import { type Person, expectNoFaults, openWindow } from './watch.ts'
import { fill, wordsIn } from './words.ts'

const parts = new AsyncDisposableStack()
let programs: Programs
let browser: Browser
let scene: Scene
beforeAll(async () => {
  programs = parts.use(await startPrograms())
  browser = await launchBrowser()
  parts.defer(() => browser.close())
  scene = await setScene(programs, 12)
}, 300_000)
afterAll(() => parts.disposeAsync())

async function sitDown(who: 'anna' | 'ben', width: 1440 | 390): Promise<Person> {
  const scheme = width === 1440 ? 'light' : 'dark'
  const person = await openWindow(browser, programs, { language: team[who].language, width, scheme })
  await enter(person, scene[who].person, programs)
  return person
}

/** Screens that nobody may lose on the way: without them the look around has missed a link. */
const expected = [
  '/inbox',
  '/inbox/…',
  '/outbox',
  '/campaigns',
  '/campaigns/…',
  '/campaigns/…/brief',
  '/campaigns/…/applications',
  '/influencers',
  '/influencers/…',
  '/settings/profile',
  '/settings/integrations',
  '/settings/integrations/connect',
  '/settings/integrations/…',
  '/workspace/team',
  '/help',
]

for (const [where, who, width] of [
  ['at a desk, in the light,', 'anna', 1440],
  ['on a phone, in the dark,', 'ben', 390],
] as const)
  test(`${where} every screen is usable with other eyes`, {
    timeout: 600_000,
  }, async () => {
    const person = await sitDown(who, width)
    const { page } = person
    const findings: string[] = []
    const look = async (kind: string): Promise<void> => {
      for (const finding of await findingsOn(page)) findings.push(`${kind}: ${finding}`)
    }
    await withSights(browser, async () => {
      const { huts } = scene.campaigns
      const seen = await eachScreen(
        page,
        ['/inbox', `/campaigns/${huts}/applications/plan`, '/nowhere'],
        look,
      )
      expect(seen).toEqual(expect.arrayContaining(expected))
      for (const { path, open } of overlays(wordsIn(person.language))) {
        await page.goto(path)
        await settled(page)
        await open(page)
        await look(`what floats over ${path}`)
      }
    })
    expect(findings).toEqual([])
    expectNoFaults(person)
    await person.context.close()
  })

test('pages for people without an account are usable with other eyes', { timeout: 300_000 }, async () => {
  const person = await openWindow(browser, programs, { language: 'de', width: 390, scheme: 'light' })
  const brief = await briefPath(programs.practice, 'elif.lindner@people.practice.example')
  const findings: string[] = []
  for (const path of [
    '/sign-in',
    '/setup',
    brief,
    brief.replace('/b/', '/u/'),
    '/join/nobody',
    '/b/nobody',
  ]) {
    await person.page.goto(path)
    await settled(person.page)
    for (const finding of await findingsInBoth(person.page)) findings.push(`${path}: ${finding}`)
  }
  expect(findings).toEqual([])
  await person.context.close()
})

test('a stranger applies by the open link of a campaign, and stands among its applications as unconfirmed', {
  timeout: 300_000,
}, async () => {
  const { huts } = scene.campaigns
  await scene.anna.put(`/campaigns/${huts}/open-link`, { open: true })
  const { link } = await scene.anna.person.get<{ link: string }>(
    `${scene.anna.home}/campaigns/${huts}/open-link`,
  )
  const words = wordsIn('en')
  const stranger = await openWindow(browser, programs, { language: 'en', width: 390, scheme: 'light' })
  const anna = await sitDown('anna', 1440)
  await withSights(browser, async () => {
    const { page } = stranger
    const { du: brief } = words.brief
    await page.goto(new URL(link).pathname)
    await settled(page)
    expect(await findingsInBoth(page)).toEqual([])
    await page.getByRole('button', { name: brief.apply, exact: true }).click()
    await page.getByLabel(brief.name, { exact: true }).fill('Vera Unbekannt')
    await page.getByLabel(brief.address).fill('vera@people.practice.example')
    expect(await findingsInBoth(page)).toEqual([])
    await page.getByRole('button', { name: brief.send, exact: true }).click()
    await page.getByRole('heading', { name: brief.appliedTitle }).waitFor()
    await anna.page.goto(`/campaigns/${huts}/applications`)
    await anna.page.getByRole('button', { name: words.applications.view.list, exact: true }).click()
    await anna.page.getByText('Vera Unbekannt').first().click()
    await anna.page.getByText(words.applications.openly).waitFor()
  })
  for (const person of [stranger, anna]) {
    expectNoFaults(person)
    await person.context.close()
  }
})

test('a message to many carries its file to each of them', { timeout: 300_000 }, async () => {
  const words = wordsIn('en')
  const anna = await sitDown('anna', 1440)
  const { page } = anna
  const content = Buffer.from('%PDF-1.7 a list of shots')
  await withSights(browser, async () => {
    await page.goto(`/campaigns/${scene.campaigns.huts}?stage=applied`)
    for (const place of [0, 1])
      await page
        .getByRole('row')
        .getByRole('checkbox')
        .nth(place + 1)
        .check()
    await page.getByRole('button', { name: fill(words.campaigns.people.write_other, { count: 2 }) }).click()
    await page.getByLabel(words.bulk.subject, { exact: true }).fill('The list of shots')
    await page.getByLabel(words.bulk.body, { exact: true }).fill('Hi {{ name }}, here it is.')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'shots.pdf', mimeType: 'application/pdf', buffer: content })
    await page.getByRole('list', { name: words.parts.composer.files }).getByText('shots.pdf').waitFor()
    await page.getByRole('button', { name: words.bulk.toPlan, exact: true }).click()
    await page.getByRole('region', { name: words.campaigns.plan.letters }).getByText('shots.pdf').waitFor()
    await page
      .getByRole('button', { name: fill(words.campaigns.plan.act.bulk_other, { count: 2 }), exact: true })
      .click()
    await page.getByText(fill(words.campaigns.plan.done.bulk_other, { count: 2 })).waitFor()
    const carried = async () =>
      (await programs.practice.sent('anna.keller@brand.practice.example'))
        .filter(({ subject }) => subject === 'The list of shots')
        .map(({ raw }) => Buffer.from(raw, 'base64').toString())
        .filter((raw) => raw.includes('shots.pdf') && raw.includes(content.toString('base64')))
    await expect.poll(async () => (await carried()).length, { timeout: 60_000 }).toBe(2)
  })
  expectNoFaults(anna)
  await anna.context.close()
})

test('past mails are sent again once their plan is shown, and not before', { timeout: 300_000 }, async () => {
  const words = wordsIn('en')
  const anna = await sitDown('anna', 1440)
  const { page } = anna
  const repeated = async () => {
    const answers = ['waiting', 'past'].map((section) =>
      scene.anna.rows<{ readonly againOf?: string }>(`/outbox?section=${section}`),
    )
    return (await Promise.all(answers)).flat().filter((mail) => mail.againOf !== undefined).length
  }
  const { promise: asked, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/outbox/plan', async (route) => {
    await asked
    await route.continue()
  })
  await withSights(browser, async () => {
    await page.goto('/outbox?section=past')
    for (const place of [0, 1]) await page.getByRole('checkbox').nth(place).check()
    await page.getByRole('toolbar').getByRole('button', { name: words.outbox.act.send_again }).click()
    const dialog = page.getByRole('dialog')
    const act = dialog.getByRole('button', {
      name: fill(words.outbox.ask.send_again.act_other, { count: 2 }),
    })
    await act.waitFor()
    expect(await act.isDisabled()).toBe(true)
    answer()
    await dialog.getByRole('list', { name: words.campaigns.plan.days }).first().waitFor()
    await act.click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(repeated, { timeout: 60_000 }).toBe(2)
  })
  expectNoFaults(anna)
  await anna.context.close()
})

test('under the capacities of many mailboxes, which open when asked for, the mails stand where they are looked for', {
  timeout: 300_000,
}, async () => {
  const { outbox } = wordsIn('en')
  const anna = await sitDown('anna', 1440)
  const { page } = anna
  const times = async (path: RegExp, of: string, key: string): Promise<void> => {
    await page.route(path, async (route) => {
      const response = await route.fetch()
      const answer = (await response.json()) as Readonly<Record<string, readonly Record<string, string>[]>>
      const many = Array.from({ length: 20 }, (_, n) =>
        (answer[of] ?? []).map((one) => ({ ...one, [key]: `${one[key]?.slice(0, -2)}${n + 10}` })),
      )
      await route.fulfill({ response, json: { ...answer, [of]: many.flat() } })
    })
  }
  await times(/\/api\/.*\/outbox\/summary/, 'mailboxes', 'mailboxId')
  await times(/\/api\/.*\/outbox\?section=past/, 'rows', 'id')
  await withSights(browser, async () => {
    await page.goto('/outbox?section=past')
    const capacities = page.getByRole('list', { name: outbox.capacity }).getByRole('listitem')
    const all = page.getByRole('button', {
      name: new RegExp(fill(outbox.allMailboxes, { count: String.raw`\d+` })),
    })
    await all.waitFor()
    expect(await capacities.count()).toBe(5)
    await all.click()
    await expect.poll(() => capacities.count()).toBeGreaterThan(39)
    expect(await page.evaluate(() => scrollY)).toBe(0)
    const list = page.getByRole('list', { name: outbox.list, exact: true })
    const drawn = await list.evaluate(async (one) => {
      one.scrollIntoView()
      for (const _ of [1, 2, 3]) await new Promise((resolve) => requestAnimationFrame(resolve))
      return [...one.children].map((line) => line.getAttribute('aria-posinset'))
    })
    expect(drawn).toEqual(expect.arrayContaining(['2', '3', '4', '14']))
  })
  expectNoFaults(anna)
  await anna.context.close()
})

test('with the keyboard alone somebody signs in, finds a question and answers it', {
  timeout: 300_000,
}, async () => {
  const words = wordsIn('en')
  const person = await openWindow(browser, programs, { language: 'en', width: 1440, scheme: 'light' })
  const { page } = person
  const hands = new Keyboard(page)
  // A dialog that opens or closes moves the focus a moment later.
  const focusComesTo = async (place: object): Promise<void> =>
    await expect.poll(() => hands.focus(), { timeout: 20_000 }).toMatchObject(place)
  await withSights(browser, async () => {
    await page.goto('/sign-in')
    await settled(page)
    await hands.tabTo(words.welcome.address)
    await hands.type(team.anna.address)
    await hands.tabTo(words.welcome.password)
    await hands.type(team.anna.password)
    await hands.press('Enter')
    await page.getByRole('list', { name: words.inbox.listLabel }).waitFor()

    // The keys are shown, the dialog keeps the focus, and gives it back.
    await hands.tabTo(words.shell.nav.outbox)
    await hands.press('?')
    await page.getByRole('dialog', { name: words.shell.keys.title }).waitFor()
    for (let stops = 0; stops < 6; stops++) {
      await hands.press('Tab')
      await focusComesTo({ inDialog: true })
    }
    await hands.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await focusComesTo({ name: words.shell.nav.outbox })

    await hands.press('Control+k')
    await page.getByRole('dialog', { name: words.shell.palette.title }).waitFor()
    await hands.type(words.shell.nav.influencers)
    await page.getByRole('option', { name: words.shell.nav.influencers }).waitFor()
    await hands.press('Enter')
    await page.getByRole('heading', { name: words.influencers.title, level: 1 }).waitFor()

    await hands.tabTo(words.influencers.add)
    await hands.press('Enter')
    await page.getByRole('dialog', { name: words.influencers.form.title }).waitFor()
    await focusComesTo({ name: words.influencers.form.name, inDialog: true })
    await hands.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await focusComesTo({ name: words.influencers.add })

    await hands.press('g', 'i')
    await page.getByRole('list', { name: words.inbox.listLabel }).waitFor()
    await hands.press('j')
    await page.waitForURL(/\/inbox\/.+/)
    const name = await page.getByRole('heading', { level: 2 }).first().innerText()
    await page.getByRole('button', { name: words.inbox.answer.open, exact: true }).waitFor()
    await hands.press('r')
    await page.getByLabel(fill(words.inbox.answer.label, { name })).waitFor()
    await focusComesTo({ name: fill(words.inbox.answer.label, { name }) })
    await hands.type('Written without a mouse.')
    await hands.press('Control+Enter')
    const mail = page.getByRole('article').filter({ hasText: 'Written without a mouse.' })
    await mail.getByText(words.inbox.mail.accepted).first().waitFor()
  })
  expectNoFaults(person)
  await person.context.close()
})

test('a mail that is longer than the page opens at its beginning, and stays there when its answer is begun', {
  timeout: 300_000,
}, async () => {
  const words = wordsIn('en')
  const anna = await sitDown('anna', 1440)
  const { page } = anna
  await withSights(browser, async () => {
    const lines = Array.from({ length: 300 }, (_, n) => `Line ${n} of a long story.`)
    await programs.practice.reply('elif.lindner@people.practice.example', { text: lines.join('\n') })
    await page.goto('/inbox')
    await page.getByRole('link').filter({ hasText: 'Line 0 of a long story.' }).first().click()
    const mail = page
      .getByRole('region', { name: words.inbox.conversation.history })
      .getByRole('listitem')
      .last()
    await mail.getByText('Line 299 of a long story.').waitFor()
    const above = async () =>
      await mail.evaluate((item) => {
        const region = item.closest('[role=region]')?.getBoundingClientRect().top ?? Number.NaN
        return Math.round(item.getBoundingClientRect().top - region)
      })
    await expect.poll(above).toBe(0)
    await page.keyboard.press('r')
    await page.getByRole('textbox').first().waitFor()
    await expect.poll(above).toBe(0)
  })
  expectNoFaults(anna)
  await anna.context.close()
})

test('a mail with scripts shows its words and runs nothing', { timeout: 300_000 }, async () => {
  const words = wordsIn('en')
  const person = await sitDown('anna', 1440)
  const { page, context } = person
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  page.on('dialog', (dialog) => void asked.push(`dialog ${dialog.message()}`))
  const beacon = `${programs.practice.base}/beacon`
  await withSights(browser, async () => {
    await programs.practice.reply('priya.diallo@people.practice.example', {
      text: 'Plain words of a wild letter.',
      html: [
        '<p>Plain words of a wild letter.</p>',
        `<script>fetch("${beacon}")</script><img src=x onerror='fetch("${beacon}")'>`,
        `<img src="${beacon}"><svg onload='fetch("${beacon}")'></svg>`,
        `<iframe srcdoc="<script>top.location='${beacon}'</script>"></iframe>`,
        `<a href="javascript:fetch('${beacon}')">a link</a>`,
        `<form action="${beacon}"><button autofocus onfocus='fetch("${beacon}")'>go</button></form>`,
        `<style>@import "${beacon}"; body { background: url("${beacon}") }</style>`,
        `<link rel="stylesheet" href="${beacon}"><base href="${beacon}"><meta http-equiv="refresh" content="0;url=${beacon}">`,
      ].join('\n'),
    })
    await page.goto('/inbox')
    await page.getByRole('link').filter({ hasText: 'Plain words of a wild letter.' }).first().click()
    await page.getByRole('button', { name: words.inbox.conversation.original }).click()
    const letter = page.frameLocator('iframe')
    await letter.getByText('Plain words of a wild letter.').waitFor()
    await letter.getByText('a link').click()
    const left = await letter
      .locator('body')
      .evaluate((body) =>
        [...body.querySelectorAll('*')].flatMap((element) => [
          ...(/^(script|iframe|form|link|base|meta|svg|object|embed)$/i.test(element.tagName)
            ? [element.tagName]
            : []),
          ...[...element.attributes]
            .map(({ name, value }) => `${name}=${value}`)
            .filter((attribute) => /^on|javascript:|^src=http/i.test(attribute)),
        ]),
      )
    expect(left).toEqual([])
  })
  expect(asked.filter((url) => !url.startsWith(programs.product))).toEqual([])
  expectNoFaults(person)
  await context.close()
})
