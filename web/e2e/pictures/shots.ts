/** Which pictures the documentation shows: every screen at a desk, in English, and those used on the way on a phone, in German. */
import type { Page } from 'playwright-core'
import type { Scene } from '../scene/scene.ts'
import type { Wish } from '../watch.ts'
import type { Language, Words } from '../words.ts'

export interface Shot {
  readonly name: string
  readonly wish: Wish
  /** Somebody of the team, or nobody: a page for creators. */
  readonly who: 'anna' | 'ben' | 'nobody'
  readonly path: string
  readonly prepare?: ((page: Page, words: Words) => Promise<void>) | undefined
}

const desk = { language: 'en', width: 1440, scheme: 'light' } as const
const phone = { language: 'de', width: 390, scheme: 'dark' } as const
/** Pages that somebody without an account sees. */
const open = ['sign-in', 'brief', 'unsubscribe']
const onPhone = ['integrations', 'connect', 'inbox', 'outbox', 'plan', 'campaign', 'applications', 'brief']

/** `briefs`: paths of one in English and of one in German. */
export function shots(scene: Scene, briefs: Readonly<Record<Language, string>>): readonly Shot[] {
  const { campaigns, contacts, mailboxes } = scene
  const influencer = contacts.get('nele.rossi@people.practice.example') ?? ''
  const screens: readonly (readonly [name: string, path: string, prepare?: Shot['prepare']])[] = [
    ['start', '/start'],
    ['integrations', '/settings/integrations'],
    ['connect', '/settings/integrations/connect', chooseLevel],
    ['mailbox', `/settings/integrations/${mailboxes.anna}`],
    ['profile', '/settings/profile'],
    ['notifications', '/settings/notifications'],
    ['security', '/settings/security'],
    ['inbox', '/inbox', openFirst],
    ['notices', '/notices'],
    ['outbox', '/outbox'],
    ['outbox-held', '/outbox?section=held'],
    ['outbox-past', '/outbox?section=past'],
    ['plan', `/campaigns/${campaigns.boots}`, inviteAll],
    ['bulk', `/campaigns/${campaigns.huts}`, writeToAll],
    ['campaigns', '/campaigns'],
    ['campaign', `/campaigns/${campaigns.huts}`],
    ['campaign-brief', `/campaigns/${campaigns.huts}/brief`],
    ['campaign-messages', `/campaigns/${campaigns.huts}/messages`],
    ['campaign-follow-ups', `/campaigns/${campaigns.huts}/follow-ups`],
    ['campaign-results', `/campaigns/${campaigns.huts}/results`],
    ['campaign-settings', `/campaigns/${campaigns.huts}/settings`],
    ['applications', `/campaigns/${campaigns.huts}/applications`],
    ['decisions', `/campaigns/${campaigns.huts}/applications/plan`],
    ['influencers', '/influencers'],
    ['influencer', `/influencers/${influencer}`],
    ['import', '/influencers/import'],
    ['duplicates', '/influencers/duplicates'],
    ['results', '/results'],
    ['team', '/workspace/team'],
    ['brand', '/workspace/brand'],
    ['templates', '/workspace/templates'],
    ['template', '/workspace/templates/new'],
    ['activity-log', '/workspace/logs'],
    ['server', '/workspace/server'],
    ['help', '/help'],
    ['sign-in', '/sign-in'],
    ['brief', briefs.en],
    ['unsubscribe', briefs.en.replace('/b/', '/u/')],
  ]
  return screens.flatMap(([name, path, prepare]): Shot[] => {
    const nobody = open.includes(name)
    const atDesk: Shot = { name, path, prepare, wish: desk, who: nobody ? 'nobody' : 'anna' }
    if (!onPhone.includes(name)) return [atDesk]
    const onThePhone: Shot = {
      name: `${name}-phone`,
      path: path === briefs.en ? briefs.de : path,
      prepare: name === 'inbox' ? undefined : prepare,
      wish: phone,
      who: nobody ? 'nobody' : 'ben',
    }
    return [atDesk, onThePhone]
  })
}

async function writeToAll(page: Page, { campaigns: { people }, bulk }: Words): Promise<void> {
  await page.getByLabel(people.selectAll, { exact: true }).click()
  const name = new RegExp(people.write_other.replace('{{count, number}}', String.raw`\d+`))
  await page.getByRole('button', { name }).click()
  await page.getByLabel(bulk.subject, { exact: true }).fill('Two days earlier, {{ name }}')
  await page
    .getByLabel(bulk.body, { exact: true })
    .fill('Hi {{ name }},\n\nthe huts open two days earlier than planned.\n\nAnna')
  await page.getByText('the huts open two days earlier than planned.', { exact: true }).waitFor()
}

async function inviteAll(page: Page, { campaigns: { people, plan } }: Words): Promise<void> {
  await page.getByLabel(people.selectAll, { exact: true }).click()
  const name = new RegExp(people.invite_other.replace('{{count, number}}', String.raw`\d+`))
  await page.getByRole('button', { name }).click()
  const sender = page.getByLabel(plan.sender, { exact: true })
  const team = await sender.locator('option', { hasText: 'team@' }).getAttribute('value')
  await sender.selectOption(team)
  await page.locator('option:checked', { hasText: 'team@' }).waitFor({ state: 'attached' })
  await page.waitForLoadState('networkidle')
}

async function chooseLevel(page: Page, { connect, parts }: Words): Promise<void> {
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: connect.one.next, exact: true }).click()
  await page.getByRole('radio', { name: parts.level.full }).check()
}

async function openFirst(page: Page): Promise<void> {
  await page.keyboard.press('j')
  await page.getByRole('article').first().waitFor()
}
