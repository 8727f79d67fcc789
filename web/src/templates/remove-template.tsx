/** Taking a template out of use. */
import type { TemplateOpened } from '@kontor/api/templates'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Removal } from '../parts/removal.tsx'
import { useRemoveTemplate } from './asks.ts'

interface RemoveProps {
  readonly template: TemplateOpened
  readonly forget: () => void
}

export function RemoveTemplate({ template, forget }: RemoveProps): ReactElement {
  const { t } = useTranslation('templates')
  const { t: shell } = useTranslation('shell')
  const navigate = useNavigate()
  return (
    <Removal
      words={{
        act: t('remove.act'),
        title: t('remove.title', { name: template.name }),
        body: t('remove.body'),
        keep: shell('act.cancel'),
      }}
      remove={useRemoveTemplate(template.id)}
      removed={() => {
        forget()
        void navigate({ to: '/workspace/templates' })
      }}
    />
  )
}
