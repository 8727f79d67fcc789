/** Workspace → Brand: how influencers see the workspace. New campaigns begin with it. */
import type { Brand, BrandChange } from '@kontor/api/campaigns'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { useBrand, useChangeBrand, useRemoveBrandLogo, useSetBrandLogo } from '../parts/brand-asks.ts'
import { BrandHead } from '../parts/brief-letter.tsx'
import { ColourField } from '../parts/colour-field.tsx'
import { Logo } from '../parts/logo.tsx'
import { Removal } from '../parts/removal.tsx'
import { WorkspaceTabs } from '../parts/workspace-tabs.tsx'
import { Radios, TextField } from '../ui/field.tsx'
import { Note, SettingsForm } from '../ui/form.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import styles from './brand.module.css'

export function BrandPage(): ReactElement {
  const { t } = useTranslation('brand')
  const here = useHere()
  const sentence = useProblemSentence()
  const found = useBrand()
  return (
    <Page title={here.name} meta={t('title')}>
      <WorkspaceTabs />
      {found.isPending ? <Loading /> : null}
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.data ? <Opened brand={found.data} /> : null}
    </Page>
  )
}

function Opened({ brand }: { readonly brand: Brand }): ReactElement {
  const { t } = useTranslation('brand')
  const here = useHere()
  const [draft, keep, forget] = useDraft<BrandChange>('brand', {})
  const shown: Brand = {
    ...brand,
    name: draft.name ?? brand.name,
    colour: draft.colour ?? brand.colour,
    formality: draft.formality ?? brand.formality,
  }
  return (
    <div className={styles['split']}>
      <div>
        <Note>{t(here.may.steer ? 'hint' : 'onlyAdmins')}</Note>
        <BrandForm shown={shown} draft={draft} keep={keep} forget={forget} />
        <BrandLogo brand={brand} />
      </div>
      <Preview brand={shown} />
    </div>
  )
}

interface BrandFormProps {
  readonly shown: Brand
  readonly draft: BrandChange
  readonly keep: (draft: BrandChange) => void
  readonly forget: () => void
}

function BrandForm({ shown, draft, keep, forget }: BrandFormProps): ReactElement {
  const { t } = useTranslation('brand')
  const here = useHere()
  const sentence = useProblemSentence()
  const change = useChangeBrand()
  const problem = useFieldProblem(change.error)
  return (
    <SettingsForm
      changed={Object.keys(draft).length > 0}
      saving={change.isPending}
      saved={change.isSuccess}
      problem={change.error ? sentence(change.error) : undefined}
      save={() => change.mutate(draft, { onSuccess: forget })}
      discard={forget}
    >
      <fieldset disabled={!here.may.steer} className={styles['fields']}>
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          value={shown.name}
          placeholder={here.name}
          maxLength={120}
          problem={problem('name')}
          onText={(name) => keep({ ...draft, name })}
        />
        <ColourField
          label={t('colour')}
          value={shown.colour}
          problem={problem('colour')}
          choose={(colour) => keep({ ...draft, colour })}
        />
        <Radios
          legend={t('formality')}
          value={shown.formality}
          options={[
            { value: 'du', label: t('du') },
            { value: 'sie', label: t('sie') },
          ]}
          onChoose={(formality) => keep({ ...draft, formality })}
        />
      </fieldset>
    </SettingsForm>
  )
}

function BrandLogo({ brand }: { readonly brand: Brand }): ReactElement {
  const { t } = useTranslation('brand')
  const { t: shell } = useTranslation('shell')
  const here = useHere()
  const set = useSetBrandLogo()
  const remove = useRemoveBrandLogo()
  return (
    <Section title={t('logo')}>
      <Logo
        logo={brand.logo}
        brandName={brand.name || here.name}
        none={t('noLogo')}
        mayChange={here.may.steer}
        set={set}
      />
      {brand.logo && here.may.steer ? (
        <Removal
          words={{
            act: t('remove.act'),
            title: t('remove.title'),
            body: t('remove.body'),
            keep: shell('act.cancel'),
          }}
          remove={remove}
          removed={() => set.reset()}
        />
      ) : null}
    </Section>
  )
}

/** The head of every brief, as it will look. */
function Preview({ brand }: { readonly brand: Brand }): ReactElement {
  const { t } = useTranslation('brand')
  const here = useHere()
  const language = useLanguage()
  const { t: words } = useTranslation('brief', { lng: language })
  return (
    <section className={styles['preview']}>
      <h2>{t('preview')}</h2>
      <div className={styles['paper']}>
        <BrandHead
          colour={brand.colour}
          logo={brand.logo}
          from={words(`${brand.formality}.from`, { brand: brand.name || here.name })}
          campaignName={t('exampleCampaign')}
          headline={t('exampleHeadline')}
          heading="h3"
        />
      </div>
    </section>
  )
}
