/** Which pictures the documentation shows: each screen once or twice, in either language, light or dark, desk or phone. */
import type { Page } from 'playwright-core'
import type { Scene } from '../scene/scene.ts'
import type { Wish } from '../watch.ts'
import { wordsIn } from '../words.ts'

export interface Shot {
  readonly name: string
  readonly wish: Wish
  /** Somebody of the team, or nobody: a page for creators. */
  readonly who: 'anna' | 'ben' | 'nobody'
  readonly path: string
  readonly prepare?: (page: Page) => Promise<void>
}

const desk = { width: 1440, scheme: 'light' } as const
const phone = { width: 390, scheme: 'light' } as const
const en = { ...desk, language: 'en' } as const
const de = { ...desk, language: 'de' } as const

export function shots(scene: Scene, brief: string): readonly Shot[] {
  const { campaigns, mailboxes, contacts } = scene
  const influencer = contacts.get('nele.rossi@people.practice.example') ?? ''
  const invite = async (page: Page): Promise<void> => {
    const { people } = wordsIn('de').campaigns
    await page.getByLabel(people.selectAll, { exact: true }).click()
    await page.getByRole('button', { name: people.invite_other.split(' ').at(-1) ?? '' }).click()
    await page.getByRole('heading', { level: 2 }).first().waitFor()
  }
  return [
    { name: 'start', wish: en, who: 'anna', path: '/start' },
    { name: 'connect', wish: de, who: 'ben', path: '/settings/integrations/connect', prepare: chooseLevel },
    { name: 'integrations', wish: en, who: 'anna', path: '/settings/integrations' },
    {
      name: 'mailbox',
      wish: { ...de, scheme: 'dark' },
      who: 'ben',
      path: `/settings/integrations/${mailboxes.anna}`,
    },
    { name: 'inbox', wish: en, who: 'anna', path: '/inbox', prepare: openFirst },
    { name: 'inbox-phone', wish: { ...phone, language: 'de', scheme: 'dark' }, who: 'ben', path: '/inbox' },
    { name: 'outbox', wish: en, who: 'anna', path: '/outbox' },
    { name: 'outbox-phone', wish: { ...phone, language: 'de' }, who: 'ben', path: '/outbox' },
    { name: 'sending-plan', wish: de, who: 'ben', path: `/campaigns/${campaigns.boots}`, prepare: invite },
    { name: 'campaign', wish: { ...en, scheme: 'dark' }, who: 'anna', path: `/campaigns/${campaigns.huts}` },
    { name: 'applications', wish: de, who: 'ben', path: `/campaigns/${campaigns.huts}/applications` },
    { name: 'influencer', wish: en, who: 'anna', path: `/influencers/${influencer}` },
    { name: 'brief', wish: en, who: 'nobody', path: brief },
    { name: 'brief-phone', wish: { ...phone, language: 'de' }, who: 'nobody', path: brief },
    { name: 'help', wish: de, who: 'ben', path: '/help' },
    {
      name: 'settings',
      wish: { ...phone, language: 'en', scheme: 'dark' },
      who: 'anna',
      path: '/settings/profile',
    },
    { name: 'results', wish: { ...de, scheme: 'dark' }, who: 'ben', path: '/results' },
  ]
}

async function chooseLevel(page: Page): Promise<void> {
  const { connect, parts } = wordsIn('de')
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: connect.one.next, exact: true }).click()
  await page.getByRole('radio', { name: parts.level.full }).check()
}

async function openFirst(page: Page): Promise<void> {
  await page.keyboard.press('j')
  await page.getByRole('article').first().waitFor()
}
