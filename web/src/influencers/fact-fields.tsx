/** The fields of one person's facts, used for adding and for changing. */
import { Basis } from '@kontor/api/contacts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldProblem } from '../client/problem.ts'
import { Select, TextArea, TextField } from '../ui/field.tsx'
import type { Facts } from './facts.ts'
import styles from './influencers.module.css'

interface FieldsProps {
  readonly facts: Facts
  readonly error: Error | null
  /** When the lawful basis was noted, in words. */
  readonly basisNoted?: string | undefined
  readonly keep: (facts: Facts) => void
}

export function FactFields({ facts, error, basisNoted, keep }: FieldsProps): ReactElement {
  const { t } = useTranslation('influencers')
  const problem = useFieldProblem(error)
  return (
    <div className={styles['fields']}>
      <TextField
        label={t('form.name')}
        value={facts.name}
        maxLength={200}
        autoComplete="off"
        problem={problem('name')}
        onText={(name) => keep({ ...facts, name })}
        data-autofocus
      />
      <TextField
        label={t('form.address')}
        type="email"
        value={facts.address}
        maxLength={320}
        autoComplete="off"
        problem={problem('address')}
        onText={(address) => keep({ ...facts, address })}
      />
      <TextField
        label={t('form.handle')}
        hint={t('form.handleHint')}
        value={facts.handle}
        maxLength={120}
        onText={(handle) => keep({ ...facts, handle })}
      />
      <Select
        label={t('form.language')}
        hint={t('form.languageHint')}
        value={facts.language}
        options={[
          { value: 'en', label: t('language.en') },
          { value: 'de', label: t('language.de') },
        ]}
        onChoose={(language) => keep({ ...facts, language })}
      />
      <BasisFields facts={facts} basisNoted={basisNoted} keep={keep} />
      <TextField
        label={t('form.country')}
        hint={t('form.countryHint')}
        value={facts.country}
        maxLength={2}
        problem={problem('country')}
        onText={(country) => keep({ ...facts, country })}
      />
      <TextField
        label={t('form.tags')}
        hint={t('form.tagsHint')}
        value={facts.tags}
        problem={problem('tags')}
        onText={(tags) => keep({ ...facts, tags })}
      />
      <div className={styles['wide']}>
        <TextArea
          label={t('form.notes')}
          rows={3}
          maxLength={10_000}
          value={facts.notes}
          onText={(notes) => keep({ ...facts, notes })}
        />
      </div>
    </div>
  )
}

/** The lawful basis stands before the optional facts, because a first contact depends on it. */
function BasisFields({ facts, basisNoted, keep }: Omit<FieldsProps, 'error'>): ReactElement {
  const { t } = useTranslation('influencers')
  const weak = facts.basis === 'none' || facts.basis === 'public_business_address' ? facts.basis : undefined
  return (
    <>
      <Select
        label={t('form.basis')}
        hint={[weak ? t(`basisHint.${weak}`) : '', basisNoted].filter(Boolean).join(' ')}
        value={facts.basis}
        options={Basis.options.map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))}
        onChoose={(basis) => keep({ ...facts, basis })}
      />
      <TextField
        label={t('form.basisSource')}
        hint={t('form.basisSourceHint')}
        value={facts.basisSource}
        maxLength={300}
        onText={(basisSource) => keep({ ...facts, basisSource })}
      />
    </>
  )
}
