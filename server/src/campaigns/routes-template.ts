/** Templates over HTTP, and what a text would become for real people. Campaigns serve them, because they know the people. */
import { Done } from '@kontor/api/common'
import { TestMessage } from '@kontor/api/outbox'
import * as api from '@kontor/api/templates'
import { z } from 'zod'
import { createRoutes, done, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { customNames } from '../contacts/index.ts'
import { instantText } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { sendTestMessage } from '../sending/index.ts'
import { audit } from '../team/index.ts'
import type { Actor, AuditAction } from '../team/index.ts'
import type { NamedSet, SetText, TemplateOutcome } from '../templates/index.ts'
import {
  archiveSet,
  changeTemplate,
  createTemplate,
  namedSets,
  textsOfSet,
  versionsOfSet,
} from '../templates/index.ts'
import { accept } from './creator/routes.ts'
import { refusalOf } from './text-problem.ts'
import type { CampaignParts } from './parts.ts'
import { refuse } from './parts.ts'
import { textsGiven } from './routes-launch.ts'
import { seeLetters, testLetter } from './see-letters.ts'

export interface TemplateRouteParts extends CampaignParts {
  readonly database: Database
  /** Gives a personal mail its layout. */
  readonly carryLayout: (
    tx: Tx,
    mail: {
      readonly submissionId: string
      readonly html: string
      readonly subject: string
      readonly text: string
    },
  ) => Promise<void>
}

const templates = {
  list: workspaceRoute({
    method: 'get',
    path: '/templates',
    summary: 'Templates by name',
    answer: z.object({ rows: z.array(api.Template) }),
  }),
  one: workspaceRoute({
    method: 'get',
    path: '/templates/{id}',
    summary: 'A template with its texts',
    answer: api.TemplateOpened,
  }),
  create: workspaceRoute({
    method: 'post',
    path: '/templates',
    summary: 'Keep a template',
    body: api.TemplateWish,
    answer: api.TemplateSaved,
  }),
  change: workspaceRoute({
    method: 'put',
    path: '/templates/{id}',
    summary: 'Change a template; each changed text is a version',
    body: api.TemplateWish,
    answer: api.TemplateSaved,
  }),
  remove: workspaceRoute({
    method: 'delete',
    path: '/templates/{id}',
    summary: 'Take a template out of use; mails that wait keep its text',
    answer: Done,
  }),
  versions: workspaceRoute({
    method: 'get',
    path: '/templates/{id}/versions',
    summary: 'What a template said before',
    query: api.TemplateVersionsQuery,
    answer: api.TemplateVersions,
  }),
  letters: workspaceRoute({
    method: 'post',
    path: '/letters',
    summary: 'What a text would become for real people',
    body: api.LetterWish,
    answer: api.LettersSeen,
    role: 'viewer',
  }),
  test: workspaceRoute({
    method: 'post',
    path: '/letters/test',
    summary: 'Send such a letter to the address of the mailbox itself; its personal links lead nowhere',
    body: api.LetterWish,
    answer: TestMessage,
  }),
}

export function templateRoutes(parts: TemplateRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const within = <T>(actor: Actor, run: (tx: Tx) => Promise<T>): Promise<T> =>
    parts.database.inWorkspace(actor.workspaceId, run)
  const writer = ({ workspaceId, personId }: Actor) => ({ workspaceId, ids: parts.ids, authorId: personId })

  serve(routes, templates.list, async (c) => ({
    rows: (await within(c.get('actor'), (tx) => namedSets(tx))).map(shown),
  }))
  serve(routes, templates.one, async (c) => {
    const { id } = c.req.valid('param')
    return await within(c.get('actor'), async (tx) => {
      const [template] = await namedSets(tx, id)
      if (template === undefined) throw problem(404, 'not_found')
      return opened(template, await textsOfSet(tx, id))
    })
  })
  serve(routes, templates.create, async (c) => {
    const actor = c.get('actor')
    const { texts, ...wish } = c.req.valid('json')
    return await within(actor, async (tx) => {
      const known = await customNames(tx)
      const outcome = await createTemplate(tx, writer(actor), { ...wish, texts: textsGiven(texts) }, known)
      return await saved(tx, actor, outcome, 'template.created')
    })
  })
  serve(routes, templates.change, async (c) => {
    const actor = c.get('actor')
    const { texts, ...wish } = c.req.valid('json')
    const { id } = c.req.valid('param')
    return await within(actor, async (tx) => {
      const known = await customNames(tx)
      const changed = { ...wish, id, texts: textsGiven(texts) }
      const outcome = await changeTemplate(tx, writer(actor), changed, known)
      return await saved(tx, actor, outcome, 'template.changed')
    })
  })
  serve(routes, templates.remove, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    await within(actor, async (tx) => {
      const [template] = await namedSets(tx, id)
      if (template === undefined || !(await archiveSet(tx, id))) throw problem(404, 'not_found')
      await audit(tx, { actor, action: 'template.removed', subject: template.name })
      await tell(tx, actor, id)
    })
    return done
  })
  serve(routes, templates.versions, async (c) => {
    const { id } = c.req.valid('param')
    const { language } = c.req.valid('query')
    return await within(c.get('actor'), async (tx) => {
      if ((await namedSets(tx, id)).length === 0) throw problem(404, 'not_found')
      const rows = await versionsOfSet(tx, id, language)
      return {
        rows: rows.map(({ version, subject, body, author, createdAt }) => ({
          version,
          subject,
          body,
          ...(author === undefined ? {} : { author }),
          createdAt: createdAt.toString(),
        })),
      }
    })
  })
  serve(routes, templates.letters, async (c) => {
    const actor = c.get('actor')
    return await within(actor, async (tx) => {
      const {
        ok: _,
        problem: broken,
        ...seen
      } = accept(await seeLetters(parts, tx, actor, c.req.valid('json')))
      if (broken === undefined) return seen
      const { field, problem: wrong } = broken
      const detail = wrong.code === 'not_a_variable' ? wrong.text : wrong.name
      return { ...seen, problem: { field, code: wrong.code, detail } }
    })
  })
  serve(routes, templates.test, async (c) => {
    const actor = c.get('actor')
    return await within(actor, async (tx) => {
      const { sender, letter } = accept(await testLetter(parts, tx, actor, c.req.valid('json')))
      const { mailboxId: id, address, name: displayName } = sender
      const { html, text } = letter
      const subject = `Test: ${letter.subject}`
      const mailbox = { id, address, displayName }
      const sent = await sendTestMessage(parts, tx, { actor, mailbox, letter: { subject, text } })
      if (!sent.ok) throw problem(409, sent.reason.code, sent.reason.values)
      const { submissionId, to, expectedAt } = sent
      await parts.carryLayout(tx, { submissionId, html, subject, text })
      await audit(tx, { actor, action: 'letter.tested', subject })
      return {
        submissionId,
        to,
        ...(expectedAt === undefined ? {} : { expectedAt: instantText(expectedAt) }),
      }
    })
  })
  return routes

  async function tell(tx: Tx, { workspaceId }: Actor, subject: string): Promise<void> {
    await parts.emit(tx, { workspaceId, type: 'template.changed', subject, payload: {} })
  }

  async function saved(
    tx: Tx,
    actor: Actor,
    outcome: TemplateOutcome,
    action: AuditAction,
  ): Promise<z.input<typeof api.TemplateSaved>> {
    if (!outcome.ok) {
      return accept<never>(
        outcome.code === 'text_broken' ? refusalOf(outcome.field, outcome.problem) : refuse(outcome.code),
      )
    }
    const { template, unknown } = outcome
    await audit(tx, { actor, action, subject: template.name })
    await tell(tx, actor, template.id)
    return { ...opened(template, await textsOfSet(tx, template.id)), unknown: [...unknown] }
  }
}

function shown({ changedAt, languages, ...template }: NamedSet): z.input<typeof api.Template> {
  return { ...template, languages: [...languages], changedAt: changedAt.toString() }
}

function opened(template: NamedSet, texts: readonly SetText[]): z.input<typeof api.TemplateOpened> {
  return {
    ...shown(template),
    texts: Object.fromEntries(texts.map(({ language, subject, body }) => [language, { subject, body }])),
  }
}
