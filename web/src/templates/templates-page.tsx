/** Workspace → Templates: the texts that the team keeps, by name. */
import type { Template } from '@kontor/api/templates'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { useTemplates } from '../parts/letter-asks.ts'
import { WorkspaceTabs } from '../parts/workspace-tabs.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import styles from './templates.module.css'

export function TemplatesPage(): ReactElement {
  const { t } = useTranslation('templates')
  const here = useHere()
  const sentence = useProblemSentence()
  const found = useTemplates()
  const rows = found.data ?? []
  const add = here.may.act ? (
    <ButtonLink look="primary" to="/workspace/templates/new">
      {t('add')}
    </ButtonLink>
  ) : null
  return (
    <Page title={here.name} meta={t('title')} acts={rows.length > 0 ? add : null}>
      <WorkspaceTabs />
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {found.data && rows.length === 0 ? <EmptyState sentence={t('empty')} act={add} /> : null}
      {rows.length > 0 ? (
        <Timetable label={t('title')}>
          {rows.map((template) => (
            <Row key={template.id} template={template} />
          ))}
        </Timetable>
      ) : null}
    </Page>
  )
}

function Row({ template }: { readonly template: Template }): ReactElement {
  const { t } = useTranslation('templates')
  const { t: parts } = useTranslation('parts')
  const times = useTimes()
  const { id, name, kind, languages, subject, changedAt } = template
  return (
    <TimetableRow
      linked
      past
      height="tall"
      gutter={
        <time dateTime={changedAt} title={t('changed', { when: times.full(changedAt) })}>
          {times.gutter(changedAt)}
        </time>
      }
    >
      <div className={styles['row']}>
        <span className={styles['words']}>
          <Link
            to="/workspace/templates/$templateId"
            params={{ templateId: id }}
            className={styles['rowLink']}
          >
            {name}
          </Link>
          <small>{subject}</small>
        </span>
        <span>{parts(`kind.${kind}`)}</span>
        <span>{languages.map((language) => language.toUpperCase()).join(', ')}</span>
      </div>
    </TimetableRow>
  )
}
