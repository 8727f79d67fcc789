/** What stands on the screen when a route cannot be shown: what happened, and the way on. */
import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState } from '../ui/states.tsx'

export function BrokenScreen({ error, reset }: ErrorComponentProps): ReactElement {
  const { t } = useTranslation('shell')
  const sentence = useProblemSentence()
  return (
    <Page title="Kontor">
      <EmptyState sentence={sentence(error)} act={<Button onClick={reset}>{t('act.retry')}</Button>} />
    </Page>
  )
}

export function MissingScreen(): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <Page title={t('missing.title')}>
      <EmptyState
        sentence={t('missing.sentence')}
        act={<ButtonLink to="/inbox">{t('missing.act')}</ButtonLink>}
      />
    </Page>
  )
}
