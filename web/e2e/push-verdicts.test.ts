/** What the server page says of each fault that may keep Gmail from telling us of new mail, in both languages. */
import { PushNotice, PushTrial } from '@kontor/api/server'
import { expect, test } from 'vitest'
import { launchBrowser } from './find-browser.ts'
import { findingsInBoth, settled } from './look.ts'
import { startPrograms } from './programs.ts'
import { enter } from './scene/enter.ts'
import { PersonAtApi } from './scene/person-at-api.ts'
import { team } from './scene/scene.ts'
import { withSights } from './sights.ts'
import { expectNoFaults, openWindow } from './watch.ts'
import { fill, wordsIn } from './words.ts'

const account = 'kontor-push@nordlicht.iam.gserviceaccount.com'
const said = 'what Google said of it'
const trials = PushTrial.shape.verdict.options.filter((verdict) => verdict !== 'asked')
const notices = PushNotice.shape.verdict.options.filter((verdict) => verdict !== 'waiting')

test.each(['en', 'de'] as const)(
  'every verdict on the notices of Gmail has its sentence, with the words of Google below: %s',
  { timeout: 180_000 },
  async (language) => {
    await using programs = await startPrograms()
    await using browser = await launchBrowser()
    const owner = new PersonAtApi(programs.product)
    const { workspaces } = await owner.post<{ workspaces: { id: string }[] }>('/setup', {
      ...team.anna,
      language,
      token: new URL(programs.setupLink).searchParams.get('token'),
      workspaceName: 'Nordlicht Outdoor',
      zone: 'UTC',
    })
    await owner.put(`/workspaces/${workspaces[0]?.id}/mode`, { mode: 'practice' })
    await owner.put('/server/google', { clientId: 'nordlicht', clientSecret: 'a secret', version: 0 })
    const push = { topic: 'projects/nordlicht/topics/kontor', account, audience: '', version: 0 }
    const { googlePush } = await owner.put<{ googlePush: { pushUrl: string } }>('/server/google-push', push)
    const window = await openWindow(browser, programs, { language, width: 390, scheme: 'light' })
    await enter(window, owner, programs)
    const { page } = window
    const words = wordsIn(language).server.push
    await withSights(browser, async () => {
      await page.goto('/workspace/server')
      await settled(page)
      const seen: string[] = []
      const check = async (verdict: keyof typeof words.verdict, trial: unknown, notice: unknown) => {
        await page.route('**/api/v1/server/google-push/trial', (route) => route.fulfill({ json: trial }))
        await page.route('**/api/v1/server/google-push/notice*', (route) => route.fulfill({ json: notice }))
        await page.locator('#google-push').getByRole('button', { name: words.check, exact: true }).click()
        const sentence = fill(words.verdict[verdict], { account, audience: googlePush.pushUrl })
        await page.getByText(sentence).waitFor()
        if (verdict !== 'works') await page.getByText(said).waitFor()
        seen.push(verdict)
      }
      for (const verdict of trials) await check(verdict, { verdict, detail: said }, undefined)
      for (const [index, verdict] of notices.entries()) {
        const since = `2026-03-10T09:00:0${index}Z`
        await check(verdict, { verdict: 'asked', detail: '', since }, { verdict, detail: said })
      }
      expect(seen).toEqual([...trials, ...notices])
      expect(await findingsInBoth(page)).toEqual([])
    })
    expectNoFaults(window)
  },
)
