/** Taking a template out of use: last on the page, apart, and asked about once. */
import type { TemplateOpened } from '@kontor/api/templates'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useRemoveTemplate } from './asks.ts'
import styles from './templates.module.css'

interface RemoveProps {
  readonly template: TemplateOpened
  readonly forget: () => void
}

export function RemoveTemplate({ template, forget }: RemoveProps): ReactElement {
  const { t } = useTranslation('templates')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const navigate = useNavigate()
  const remove = useRemoveTemplate(template.id)
  const [asking, ask] = useState(false)
  return (
    <div className={styles['remove']}>
      <Button look="problem" onClick={() => ask(true)}>
        {t('remove.act')}
      </Button>
      <Dialog
        title={t('remove.title', { name: template.name })}
        opened={asking}
        close={() => ask(false)}
        acts={
          <>
            <Button
              look="problem"
              busy={remove.isPending}
              onClick={() =>
                remove.mutate(undefined, {
                  onSuccess: () => {
                    forget()
                    void navigate({ to: '/workspace/templates' })
                  },
                })
              }
            >
              {t('remove.act')}
            </Button>
            <Button onClick={() => ask(false)}>{shell('act.cancel')}</Button>
          </>
        }
      >
        {remove.error ? <ProblemBanner sentence={sentence(remove.error)} /> : null}
        <p>{t('remove.body')}</p>
      </Dialog>
    </div>
  )
}
