/**
 * One template: its name, its text in each language beside what real people read, what it said before, and its end. A new one
 * is the same without a past.
 */
import type { TemplateOpened } from '@kontor/api/templates'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { draftOf } from '../parts/bulk-text.ts'
import { LanguageTabs } from '../parts/language-tabs.tsx'
import { LetterPreview } from '../parts/letter-preview.tsx'
import { useOpenCampaigns } from '../parts/open-campaigns.ts'
import { Select } from '../ui/field.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { useTemplate } from './asks.ts'
import { RemoveTemplate } from './remove-template.tsx'
import { blankTemplate, type TemplateDraft } from './template-draft.ts'
import { TemplateForm } from './template-form.tsx'
import styles from './templates.module.css'
import { Versions } from './versions.tsx'

export function NewTemplatePage(): ReactElement {
  const { t } = useTranslation('templates')
  const navigate = useNavigate()
  return (
    <Page title={t('new')} back={<Link to="/workspace/templates">{t('title')}</Link>}>
      <Editor
        stored={blankTemplate}
        saved={({ id: templateId }) =>
          void navigate({ to: '/workspace/templates/$templateId', params: { templateId }, replace: true })
        }
      />
    </Page>
  )
}

export function TemplatePage({ templateId }: { readonly templateId: string }): ReactElement {
  const { t } = useTranslation('templates')
  const sentence = useProblemSentence()
  const found = useTemplate(templateId)
  const template = found.data
  return (
    <Page title={template?.name ?? t('one')} back={<Link to="/workspace/templates">{t('title')}</Link>}>
      {found.isPending ? <Loading /> : null}
      {found.error && !template ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {template ? <Editor stored={{ ...template, ...draftOf(template.texts) }} template={template} /> : null}
    </Page>
  )
}

interface EditorProps {
  readonly stored: TemplateDraft
  readonly template?: TemplateOpened
  readonly saved?: (template: TemplateOpened) => void
}

function Editor({ stored, template, saved }: EditorProps): ReactElement {
  const { t } = useTranslation('templates')
  const here = useHere()
  const mine = useLanguage()
  const [draft, keep, forget] = useDraft<TemplateDraft | undefined>(
    `template.${template?.id ?? 'new'}`,
    undefined,
  )
  const begun = template && !template.languages.includes(mine) ? template.languages[0] : mine
  const [language, choose] = useState(begun ?? mine)
  const shown = draft ?? stored
  const campaigns = useOpenCampaigns()
  const [chosen, see] = useState<string>()
  const campaignId = chosen ?? campaigns?.[0]?.id ?? ''
  const wish = { kind: shown.kind, language, ...shown[language], ...(campaignId ? { campaignId } : {}) }
  const preview = campaigns ? (
    <LetterPreview
      wish={wish}
      choice={
        campaigns.length > 0 ? (
          <Select
            label={t('campaign')}
            hideLabel
            compact
            value={campaignId}
            options={[
              ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
              { value: '', label: t('noCampaign') },
            ]}
            onChoose={see}
          />
        ) : null
      }
    />
  ) : (
    <Loading />
  )
  return (
    <>
      {here.may.act ? (
        <div className={styles['split']}>
          <TemplateForm
            {...(template ? { id: template.id } : {})}
            draft={shown}
            changed={draft !== undefined}
            language={language}
            choose={choose}
            keep={keep}
            forget={forget}
            saved={(made) => {
              forget()
              saved?.(made)
            }}
          />
          {preview}
        </div>
      ) : (
        <>
          <LanguageTabs language={language} choose={choose} />
          {preview}
        </>
      )}
      {template ? (
        <Section title={t('versions.title')}>
          <Versions
            id={template.id}
            language={language}
            current={stored[language]}
            {...(here.may.act ? { restore: (text) => keep({ ...shown, [language]: text }) } : {})}
          />
        </Section>
      ) : null}
      {template && here.may.act ? <RemoveTemplate template={template} forget={forget} /> : null}
    </>
  )
}
