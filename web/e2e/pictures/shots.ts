/** Which pictures the documentation shows: every screen that matters at a desk, in English, and some on a phone, in German. */
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
const onPhone = ['integrations', 'connect', 'inbox', 'outbox', 'plan', 'campaign', 'applications', 'brief']

/** `briefs`: paths of one in English and of one in German. */
export function shots(scene: Scene, briefs: Readonly<Record<Language, string>>): readonly Shot[] {
  const { campaigns, contacts } = scene
  const influencer = contacts.get('nele.rossi@people.practice.example') ?? ''
  const screens: readonly (readonly [name: string, path: string, prepare?: Shot['prepare']])[] = [
    ['start', '/start'],
    ['integrations', '/settings/integrations'],
    ['connect', '/settings/integrations/connect', chooseLevel],
    ['inbox', '/inbox', openFirst],
    ['outbox', '/outbox'],
    ['plan', `/campaigns/${campaigns.boots}`, inviteAll],
    ['campaign', `/campaigns/${campaigns.huts}`],
    ['applications', `/campaigns/${campaigns.huts}/applications`],
    ['influencers', '/influencers'],
    ['influencer', `/influencers/${influencer}`],
    ['results', '/results'],
    ['server', '/workspace/server'],
    ['help', '/help'],
    ['brief', ''],
  ]
  return screens.flatMap(([name, path, prepare]): Shot[] => {
    const somebody = name !== 'brief'
    return [
      {
        name,
        path: somebody ? path : briefs.en,
        prepare,
        wish: desk,
        who: somebody ? 'anna' : 'nobody',
      },
      ...(onPhone.includes(name)
        ? [
            {
              name: `${name}-phone`,
              path: somebody ? path : briefs.de,
              prepare: name === 'inbox' ? undefined : prepare,
              wish: phone,
              who: somebody ? ('ben' as const) : ('nobody' as const),
            },
          ]
        : []),
    ]
  })
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
