import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './find-browser.ts'
import { Keyboard } from './keyboard.ts'
import { settled, tooWide } from './look.ts'
import { type Programs, startPrograms } from './programs.ts'
import { enter } from './scene/enter.ts'
import { type Scene, setScene } from './scene/scene.ts'
import { withSights } from './sights.ts'
import { type Person, expectNoFaults, openWindow } from './watch.ts'
import { fill, wordsIn } from './words.ts'

const words = wordsIn('en')
const parts = new AsyncDisposableStack()
let programs: Programs
let browser: Browser
let scene: Scene
beforeAll(async () => {
  programs = parts.use(await startPrograms())
  browser = await launchBrowser()
  parts.defer(() => browser.close())
  scene = await setScene(programs, 80)
  // nothing leaves by itself while somebody walks through what waits
  await scene.anna.post(`/mailboxes/${scene.mailboxes.team}/pause`, {})
}, 300_000)
afterAll(() => parts.disposeAsync())

interface Mail {
  readonly id: string
  readonly toName: string
}

async function openOutbox(): Promise<Person & { readonly hands: Keyboard }> {
  const person = await openWindow(browser, programs, { language: 'en', width: 1440, scheme: 'light' })
  await enter(person, scene.anna.person, programs)
  await person.page.goto('/outbox')
  await settled(person.page)
  return { ...person, hands: new Keyboard(person.page) }
}
async function waiting(): Promise<readonly Mail[]> {
  return await scene.anna.rows<Mail>('/outbox?section=waiting')
}
async function hold({ id }: Mail): Promise<void> {
  await scene.anna.post('/outbox/act', { choice: { ids: [id] }, deed: { act: 'hold' } })
}

/** How high something is for a finger, in CSS pixels. Runs in the page. */
function fingerHeight(element: Element): number {
  const { left, width, top, height } = element.getBoundingClientRect()
  const [x, middle] = [left + width / 2, top + height / 2]
  const hit = (y: number): boolean => element.contains(document.elementFromPoint(x, y))
  let reach = 0
  while (reach < 40 && hit(middle - reach - 1) && hit(middle + reach + 1)) reach++
  return 2 * reach
}

test('who reads further down stays there when what waits changes', { timeout: 300_000 }, async () => {
  const { page, context, ...person } = await openOutbox()
  await withSights(browser, async () => {
    await page.mouse.move(720, 600)
    await page.mouse.wheel(0, 1500)
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1400)
    const tab = page.getByRole('link', { name: words.outbox.section.waiting })
    const before = await tab.innerText()
    const last = (await waiting()).at(-1)
    if (last) await hold(last)
    await expect.poll(() => tab.innerText(), { timeout: 60_000 }).not.toBe(before)
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1400)
  })
  expectNoFaults({ page, context, ...person })
  await context.close()
})

test('with the keyboard alone somebody walks the outbox, acts on several mails and loses the focus nowhere', {
  timeout: 300_000,
}, async () => {
  const { page, context, hands, ...person } = await openOutbox()
  const focus = async (): Promise<string> => (await hands.focus()).name
  await withSights(browser, async () => {
    const [first, second, third, fourth] = (await waiting()).map(({ toName }) => toName)
    await hands.press('j', 'j')
    expect(await focus()).toContain(second)
    expect(await hands.focus()).toMatchObject({ marked: true })
    await hands.press('k', 'x', 'j', 'Shift+X', '.')
    const { front } = words.outbox.act
    expect(await focus()).toBe(front)

    // what was chosen is done; the bar with its button is gone
    await hands.press('Tab', 'Enter')
    await page.getByRole('toolbar').waitFor({ state: 'hidden' })
    const done = fill(words.outbox.outcome.done_other, { count: 2 })
    await page.getByRole('status').filter({ hasText: done }).waitFor({ state: 'attached' })
    expect(await hands.focus()).not.toMatchObject({ name: '' })
    const list = page.getByRole('list', { name: words.outbox.list })
    for (const name of [first ?? '', second ?? '']) await list.getByText(name).waitFor({ state: 'hidden' })

    // a row that leaves gives its place and the focus to the next
    await hands.press('j', 'k')
    await expect.poll(focus).toContain(third)
    const gone = (await waiting()).find(({ toName }) => toName === third)
    if (gone) await hold(gone)
    await expect.poll(focus, { timeout: 60_000 }).toContain(fourth)

    // a menu opens on its first entry, and a dialog from it gives the focus back to what is left of the row
    await hands.tabTo(fill(words.outbox.rowMenu, { name: fourth ?? '' }))
    await hands.press('Enter')
    await expect.poll(focus).toBe(front)
    await hands.press('End', 'Enter')
    await expect
      .poll(async () => await hands.focus())
      .toMatchObject({ name: fill(words.outbox.ask.cancel.act_one, { count: 1 }), inDialog: true })
    await hands.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const fifth = (await waiting()).find(({ toName }) => toName !== fourth)?.toName
    await expect.poll(focus, { timeout: 60_000 }).toContain(fifth)
  })
  expectNoFaults({ page, context, ...person })
  await context.close()
})

test('on a phone boxes to choose by, links that act and the way out of a dialog are large enough for a finger', {
  timeout: 300_000,
}, async () => {
  const person = await openWindow(browser, programs, { language: 'de', width: 390, scheme: 'dark' })
  const { page, context } = person
  await enter(person, scene.anna.person, programs)
  await withSights(browser, async () => {
    for (const path of ['/outbox', `/campaigns/${scene.campaigns.winter}`, '/influencers']) {
      await page.goto(path)
      await page.getByRole('checkbox').first().waitFor()
      const box = await page.getByRole('checkbox').last().boundingBox()
      expect(box?.width).toBeGreaterThanOrEqual(24)
      expect(box?.height).toBeGreaterThanOrEqual(24)
    }
    expect(await tooWide(page)).toEqual([])
    await page.goto('/influencers')
    await page.getByRole('button', { name: words.influencers.add, exact: true }).click()
    const dialog = page.getByRole('dialog')
    const close = dialog.getByRole('button', { name: words.shell.act.close, exact: true })
    expect((await close.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await page.goto(`/settings/integrations/${scene.mailboxes.team}`)
    const link = page.getByRole('button', { name: words.mailbox.times.every, exact: true }).first()
    await link.scrollIntoViewIfNeeded()
    expect(await link.evaluate(fingerHeight)).toBeGreaterThanOrEqual(24)
  })
  expectNoFaults(person)
  await context.close()
})

test('who comes back to the plan after scheduling reads what became of it, and finds the mails in the outbox', {
  timeout: 300_000,
}, async () => {
  const { page, context, ...person } = await openOutbox()
  const { plan, people } = words.campaigns
  await withSights(browser, async () => {
    await scene.anna.run(scene.campaigns.boots)
    await page.goto(`/campaigns/${scene.campaigns.boots}`)
    for (const place of [0, 1])
      await page
        .getByRole('row')
        .getByRole('checkbox')
        .nth(place + 1)
        .check()
    await page.getByRole('button', { name: fill(people.invite_other, { count: 2 }) }).click()
    await page.getByRole('button', { name: fill(plan.act.invitation_other, { count: 2 }) }).click()
    const done = page.getByText(fill(plan.done.invitation_other, { count: 2 })).first()
    await done.waitFor()
    await page.reload()
    await page.getByText(plan.nobody).waitFor()
    await done.waitFor()
    await page.getByRole('region', { name: plan.last }).getByRole('link', { name: plan.outbox }).click()
    await page.waitForURL(/\/outbox\?.*campaignId/)
    expect(page.url()).toContain(scene.campaigns.boots)
  })
  expectNoFaults({ page, context, ...person })
  await context.close()
})

test('who leaves the question before disconnecting stands where the menu was opened', {
  timeout: 300_000,
}, async () => {
  const { page, context, hands, ...person } = await openOutbox()
  const { provider, menu } = words.settings
  await withSights(browser, async () => {
    await page.goto('/settings/integrations')
    const list = page.getByRole('list', { name: provider.list })
    await list.getByRole('button').first().click()
    await page.getByRole('menuitem', { name: menu.disconnect }).click()
    await page.getByRole('dialog').getByText(words.settings.disconnect.take).waitFor()
    await hands.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const opener = await list.getByRole('button').first().getAttribute('aria-label')
    expect(await hands.focus()).toMatchObject({ name: opener })
  })
  expectNoFaults({ page, context, ...person })
  await context.close()
})
