/** The fields of one person's facts, used for adding and for changing. */
import { Basis } from '@kontor/api/contacts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldProblem } from '../client/problem.ts'
import { useCustomVariables } from '../parts/custom-variables.ts'
import { ZonePicker } from '../parts/zone-picker.tsx'
import { Checkbox, Select, TextArea, TextField } from '../ui/field.tsx'
import type { Facts } from './facts.ts'
import styles from './influencers.module.css'
import { Pairs } from './pairs.tsx'

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
  const change = (next: Partial<Facts>): void => keep({ ...facts, ...next })
  return (
    <div className={styles['fields']}>
      <TextField
        label={t('form.name')}
        value={facts.name}
        maxLength={200}
        autoComplete="off"
        problem={problem('name')}
        onText={(name) => change({ name })}
        data-autofocus
      />
      <TextField
        label={t('form.handle')}
        placeholder={t('form.handleHint')}
        value={facts.handle}
        maxLength={120}
        onText={(handle) => change({ handle })}
      />
      <div className={styles['wide']}>
        <TextField
          label={t('form.address')}
          type="email"
          value={facts.address}
          maxLength={320}
          autoComplete="off"
          problem={problem('address')}
          onText={(address) => change({ address })}
        />
      </div>
      <Select
        label={t('form.language')}
        hint={t('form.languageHint')}
        value={facts.language}
        options={[
          { value: 'en', label: t('language.en') },
          { value: 'de', label: t('language.de') },
        ]}
        onChoose={(language) => change({ language })}
      />
      <TextField
        label={t('form.country')}
        hint={t('form.countryHint')}
        value={facts.country}
        maxLength={2}
        problem={problem('country')}
        onText={(country) => change({ country })}
      />
      <BasisFields facts={facts} basisNoted={basisNoted} keep={keep} />
      <div className={styles['wide']}>
        <TextField
          label={t('form.tags')}
          hint={t('form.tagsHint')}
          value={facts.tags}
          problem={problem('tags')}
          onText={(tags) => change({ tags })}
        />
      </div>
      <MoreFields facts={facts} change={change} problem={problem} />
      <div className={styles['wide']}>
        <TextArea
          label={t('form.notes')}
          rows={3}
          maxLength={10_000}
          value={facts.notes}
          onText={(notes) => change({ notes })}
        />
      </div>
    </div>
  )
}

const networks = [
  'Instagram',
  'TikTok',
  'YouTube',
  'Twitch',
  'LinkedIn',
  'Threads',
  'X',
  'Pinterest',
] as const

/** What most people have none of: open as soon as there is something in it. */
function MoreFields(props: {
  readonly facts: Facts
  readonly change: (next: Partial<Facts>) => void
  readonly problem: (path: string) => string | undefined
}): ReactElement {
  const { t } = useTranslation('influencers')
  const { facts, change, problem } = props
  const variables = useCustomVariables()
  const something =
    facts.otherAddresses !== '' ||
    facts.otherHandles.length > 0 ||
    facts.custom.length > 0 ||
    facts.managerName !== '' ||
    facts.managerAddress !== '' ||
    facts.zone !== ''
  return (
    <details className={`${styles['wide']} ${styles['moreFields']}`} open={something}>
      <summary>{t('form.more')}</summary>
      <div className={styles['fields']}>
        <TextField
          label={t('form.managerName')}
          value={facts.managerName}
          maxLength={200}
          onText={(managerName) => change({ managerName })}
        />
        <TextField
          label={t('form.managerAddress')}
          type="email"
          value={facts.managerAddress}
          maxLength={320}
          problem={problem('manager.address')}
          onText={(managerAddress) => change({ managerAddress })}
        />
        <div className={styles['wide']}>
          <Checkbox
            label={t('form.managerCc')}
            checked={facts.managerCc}
            disabled={facts.managerAddress.trim() === ''}
            onCheck={(managerCc) => change({ managerCc })}
          />
        </div>
        <TextArea
          label={t('form.otherAddresses')}
          hint={t('form.otherAddressesHint')}
          rows={2}
          value={facts.otherAddresses}
          problem={problem('otherAddresses')}
          onText={(otherAddresses) => change({ otherAddresses })}
        />
        <ZonePicker
          label={t('form.zone')}
          none={t('form.zoneUnknown')}
          value={facts.zone}
          problem={problem('zone')}
          choose={(zone) => change({ zone })}
        />
        <Pairs
          legend={t('form.otherHandles')}
          nameLabel={t('form.network')}
          valueLabel={t('form.handle')}
          add={t('form.addHandle')}
          pairs={facts.otherHandles}
          names={networks}
          listId="networks"
          longest={{ name: 40, value: 120 }}
          keep={(otherHandles) => change({ otherHandles })}
        />
        <Pairs
          legend={t('form.custom')}
          nameLabel={t('form.variable')}
          valueLabel={t('form.value')}
          add={t('form.addVariable')}
          pairs={facts.custom}
          names={variables}
          listId="variables"
          longest={{ name: 40, value: 1000 }}
          problem={(name) => problem(`custom.${name}`)}
          keep={(custom) => change({ custom })}
        />
      </div>
    </details>
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
      {facts.basis === 'none' ? null : (
        <TextField
          label={t('form.basisOn')}
          type="date"
          value={facts.basisOn}
          onText={(basisOn) => keep({ ...facts, basisOn })}
        />
      )}
      <div className={styles['wide']}>
        <TextField
          label={t('form.basisSource')}
          hint={t('form.basisSourceHint')}
          value={facts.basisSource}
          maxLength={300}
          onText={(basisSource) => keep({ ...facts, basisSource })}
        />
      </div>
    </>
  )
}
