/** Applications: one per screen, decisions gather and can be undone, then the plan, then they are on their way. */
import { fill } from '../words.ts'
import { campaign, cast } from './cast.ts'
import { type Walker, button, goTo, heading, link, title } from './walker.ts'

const verdicts: Readonly<Record<string, 'approve' | 'reject'>> = {
  [cast.felix.name]: 'approve',
  [cast.mia.name]: 'approve',
  [cast.elif.name]: 'approve',
  [cast.emre.name]: 'reject',
}

export async function decide(walker: Walker): Promise<void> {
  const { page, words } = walker
  const { applications } = words
  const count = Object.keys(verdicts).length
  await goTo(walker, 'campaigns')
  await link(page, campaign[walker.language].name).click()
  await link(page, fill(words.campaigns.head.decide_other, { count })).click()
  await title(page, applications.title).waitFor()
  const one = page.getByRole('article')
  for (let position = 1; position <= count; position++) {
    await one.getByText(fill(applications.position, { position, count })).waitFor()
    const name = await one.getByRole('heading').innerText()
    await button(one, applications[verdicts[name] ?? 'reject']).click()
  }
  await link(page, fill(applications.send_other, { count })).click()
  const { plan } = words.campaigns
  await heading(page, plan.days).waitFor()
  await button(page, fill(plan.act.decision_other, { count })).click()
  await page.getByText(fill(plan.done.decision_other, { count })).waitFor()
}

/** Every stage has the people that it should have, and they have their mail. */
export async function seeStages(walker: Walker): Promise<void> {
  const { page, words } = walker
  await goTo(walker, 'campaigns')
  await title(page, words.campaigns.title).waitFor()
  await link(page, campaign[walker.language].name).click()
  const stages = page.getByRole('group', { name: words.campaigns.people.stages })
  for (const [stage, count] of [
    ['approved', 3],
    ['rejected', 1],
    ['declined', 1],
  ] as const)
    await button(stages, `${words.campaigns.stage[stage]} ${count}`).waitFor()
}
