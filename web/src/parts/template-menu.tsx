/**
 * Begins a text from a template: those of the same kind first. What stands there already is only replaced when the person
 * says so.
 */
import type { Template, TemplateKind, TemplateOpened } from '@kontor/api/templates'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, Menu, type MenuEntry } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useOpenTemplate, useTemplates } from './letter-asks.ts'

interface MenuProps {
  readonly kind: TemplateKind
  /** Only those with a text in this language. */
  readonly language?: 'en' | 'de'
  readonly choose: (template: TemplateOpened) => void
  /** Something is written that would be replaced. */
  readonly replaces: boolean
}

export function TemplateMenu({ kind, language, choose, replaces }: MenuProps): ReactElement {
  const { t } = useTranslation('parts')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const navigate = useNavigate()
  const open = useOpenTemplate()
  const [asking, ask] = useState<Template>()
  const all = (useTemplates().data ?? []).filter(({ languages }) => !language || languages.includes(language))
  const fitting = all.filter((one) => one.kind === kind)
  const others = all.filter((one) => one.kind !== kind)

  function take({ id }: Template): void {
    open.mutate(id, {
      onSuccess: (template) => {
        ask(undefined)
        choose(template)
      },
    })
  }
  function entry(template: Template, label: string): MenuEntry {
    return { label, act: () => (replaces ? ask(template) : take(template)) }
  }
  return (
    <>
      <Menu
        position="bottom-start"
        target={
          <Button look="quiet" busy={open.isPending}>
            {t('template.use')} <span aria-hidden="true">▾</span>
          </Button>
        }
        groups={[
          fitting.map((one) => entry(one, one.name)),
          others.map((one) =>
            entry(one, t('template.ofKind', { name: one.name, kind: t(`kind.${one.kind}`) })),
          ),
          [
            {
              label: all.length === 0 ? t('template.none') : t('template.all'),
              act: () => void navigate({ to: '/workspace/templates' }),
            },
          ],
        ]}
      />
      <Dialog
        title={t('template.replaceTitle')}
        opened={asking !== undefined}
        close={() => ask(undefined)}
        width={400}
        acts={
          <>
            <Button
              look="primary"
              busy={open.isPending}
              onClick={() => {
                if (asking) take(asking)
              }}
            >
              {t('template.replace')}
            </Button>
            <Button onClick={() => ask(undefined)}>{shell('act.cancel')}</Button>
          </>
        }
      >
        <p>{t('template.replaceBody', { name: asking?.name ?? '' })}</p>
        {open.error ? <ProblemBanner sentence={sentence(open.error)} /> : null}
      </Dialog>
    </>
  )
}
