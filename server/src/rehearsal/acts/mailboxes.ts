/**
 * Connects the three mailboxes by the providers' own sign-in, and sets them up so that the story has something to tell:
 * the first without a gap while it is told, the second with a small limit, the third paused.
 */
import type { Act, Stage } from '../stage.ts'
import { accepted, ask, need, RefusedError } from '../stage.ts'

interface Outcome {
  readonly outcome: string
  readonly mailboxId?: string
}

export const connectMailboxes: Act = async (stage) => {
  const { rows } = await ask<{ rows: readonly { key: string; provider: string }[] }>(
    stage,
    'GET',
    '/endpoints',
  )
  const endpointOf = (provider: string): string | undefined =>
    rows.find((endpoint) => endpoint.provider === provider)?.key
  const gmail = endpointOf('gmail')
  if (gmail === undefined) throw new RefusedError('there is no practice endpoint')
  const first = await connect(stage, gmail, 'full', need(stage.made, 'address.first'))
  const second = await connect(stage, gmail, 'send_only', need(stage.made, 'address.second'))
  const microsoft = endpointOf('microsoft')
  const third =
    microsoft === undefined
      ? undefined
      : await connect(stage, microsoft, 'full', need(stage.made, 'address.third'))
  const signature = `${stage.actor.name}\n${stage.story.signature}, ${stage.workspaceName}`
  await ask(stage, 'PATCH', `/mailboxes/${first}`, { signature, ...whileTold })
  await ask(stage, 'PATCH', `/mailboxes/${second}`, { signature, dailyLimit: 6, reserve: 0 })
  if (third !== undefined) {
    await ask(stage, 'PATCH', `/mailboxes/${third}`, { signature })
    await ask(stage, 'POST', `/mailboxes/${third}/pause`)
  }
  return { first, second, ...(third === undefined ? {} : { third }) }
}

/** Around the clock and without a gap; `ordinary` is what mailboxes have when nobody changed anything. */
const whileTold = { windowFrom: '00:00', windowTo: '23:59', paceSeconds: 0 }
export const ordinary = { windowFrom: '08:00', windowTo: '20:00', paceSeconds: 3 }

async function connect(
  stage: Stage,
  endpoint: string,
  level: 'full' | 'send_only',
  address: string,
): Promise<string> {
  const { authorizeUrl } = await ask<{ authorizeUrl: string }>(stage, 'POST', '/mailboxes/connect', {
    endpoint,
    level,
  })
  const back = new URL(await stage.world.consent(authorizeUrl, address))
  const told = await stage.call('GET', `${back.pathname.replace(/^\/api\/v1/, '')}${back.search}`)
  accepted(told, 'the way back from the consent page')
  const handle = new URL(told.location ?? '', back).searchParams.get('outcome') ?? ''
  const outcome = await ask<Outcome>(stage, 'GET', `/connect-outcomes/${encodeURIComponent(handle)}`)
  if (outcome.mailboxId === undefined) throw new RefusedError(`${address} came back as ${outcome.outcome}`)
  return outcome.mailboxId
}
