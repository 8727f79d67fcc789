/**
 * `npm run screenshots [-- name …]`: the pictures of docs/images, taken from a scene that is set up for them. Each is a
 * PNG with a palette; one that grows too large fails the run.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from './find-browser.ts'
import { settled } from './look.ts'
import { withPalette } from './pictures/palette-png.ts'
import { shots } from './pictures/shots.ts'
import { startPrograms } from './programs.ts'
import type { Row } from './scene/desk.ts'
import { enter } from './scene/enter.ts'
import { briefPath } from './scene/practice-side.ts'
import { setScene } from './scene/scene.ts'
import { openWindow } from './watch.ts'
import { wordsIn } from './words.ts'

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const mostBytes = 150 * 1024
const crowd = 640

await using programs = await startPrograms()
await using browser = await launchBrowser()
const scene = await setScene(programs, crowd)
const left = await scene.anna.rows<{ readonly to: string; readonly campaignName?: string }>(
  '/outbox?section=past',
)
const invited = left.find((mail) => mail.campaignName === 'Winter light')?.to ?? ''
const briefs = {
  en: await briefPath(programs.practice, invited),
  de: await briefPath(programs.practice, 'mia.novak@people.practice.example'),
}
const { id: fresh } = await scene.anna.person.post<{ id: string }>('/workspaces', {
  name: 'Nordlicht Studio',
  language: 'en',
  zone: 'UTC',
})
// The plan shows what many invitations mean for the days to come.
const many = await scene.anna.rows<Row>('/contacts')
await scene.anna.post(`/campaigns/${scene.campaigns.boots}/members`, {
  contactIds: many.slice(0, 420).map((one) => one.id),
})
await scene.anna.run(scene.campaigns.boots)
await mkdir(folder, { recursive: true })
const wanted = process.argv.slice(2)
for (const { name, wish, who, path, prepare } of shots(scene, briefs)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const person = await openWindow(browser, programs, wish)
  const { page, context } = person
  if (who !== 'nobody') await enter(person, scene[who].person, programs)
  const workspace = name === 'start' ? fresh : (scene.anna.home.split('/').at(-1) ?? '')
  await context.addInitScript((chosen) => localStorage.setItem('kontor.workspace', chosen), workspace)
  await page.goto(path)
  await settled(page)
  await prepare?.(page, wordsIn(wish.language))
  await settled(page)
  const png = withPalette(await page.screenshot({ animations: 'disabled', scale: 'css' }))
  await writeFile(`${folder}${name}.png`, png)
  process.stdout.write(`${name}.png ${Math.round(png.length / 1024)} KB\n`)
  if (png.length > mostBytes) {
    process.stderr.write(`${name}.png has ${png.length} bytes, more than ${mostBytes}\n`)
    process.exitCode = 1
  }
  await context.close()
}
