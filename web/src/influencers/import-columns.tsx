/**
 * What every column is about, with the first lines below it, and what would become of the file: how many are new, known
 * or cannot be read, before anything is stored.
 */
import type { Basis, ContactImportFile } from '@kontor/api/contacts'
import { Basis as Bases } from '@kontor/api/contacts'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, Radios, Select, TextField } from '../ui/field.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { tagsOf } from './facts.ts'
import { useImportPreview, useStartImport } from './import-asks.ts'
import styles from './import.module.css'
import { ImportProblems } from './import-problems.tsx'
import { RolePicker } from './role-picker.tsx'

interface Choices {
  readonly roles: readonly string[]
  readonly headed: boolean
  readonly onKnown: 'leave' | 'fill' | 'replace'
  readonly language: 'en' | 'de'
  readonly basis: Basis
  readonly basisSource: string
  readonly tags: string
}

export function ImportColumns({ file }: { readonly file: ContactImportFile }): ReactElement {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const [choices, keep] = useDraft<Choices>(`import.${file.id}`, {
    roles: file.roles,
    headed: file.headed,
    onKnown: 'fill',
    language,
    basis: 'none',
    basisSource: '',
    tags: '',
  })
  const change = (next: Partial<Choices>): void => keep({ ...choices, ...next })
  return (
    <div className={styles['columns']}>
      <p className={styles['lead']}>
        {t('read', { count: file.lines - (choices.headed ? 1 : 0), name: file.fileName })}
      </p>
      <ColumnTable file={file} choices={choices} change={change} />
      <Checkbox label={t('headed')} checked={choices.headed} onCheck={(headed) => change({ headed })} />
      <div className={styles['choices']}>
        <Options choices={choices} change={change} />
        <Outlook file={file} choices={choices} />
      </div>
    </div>
  )
}

interface ChoiceProps {
  readonly choices: Choices
  readonly change: (next: Partial<Choices>) => void
}

function ColumnTable({
  file,
  choices,
  change,
}: ChoiceProps & { readonly file: ContactImportFile }): ReactElement {
  const { t } = useTranslation('imports')
  const [first = [], ...rest] = file.sample
  const shown = choices.headed ? rest : file.sample
  return (
    <div className={styles['tableWrap']}>
      <table className={styles['table']} aria-label={t('columns')}>
        <thead>
          <tr>
            {choices.roles.map((role, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- a column is its place
              <th key={at} scope="col">
                <span className={styles['heading']}>
                  {choices.headed
                    ? first[at] || t('column', { position: at + 1 })
                    : t('column', { position: at + 1 })}
                </span>
                <RolePicker
                  label={t('roleOf', { name: first[at] || String(at + 1) })}
                  role={role}
                  choose={(next) => change({ roles: choices.roles.map((one, n) => (n === at ? next : one)) })}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, 4).map((cells, line) => (
            // oxlint-disable-next-line react/no-array-index-key -- a line of a file is its place
            <tr key={line}>
              {choices.roles.map((role, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- a column is its place
                <td key={at} data-skipped={role === 'skip' ? 'true' : undefined}>
                  {cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Options({ choices, change }: ChoiceProps): ReactElement {
  const { t } = useTranslation('imports')
  const { t: words } = useTranslation('influencers')
  return (
    <div className={styles['options']}>
      <Radios
        legend={t('onKnown.legend')}
        value={choices.onKnown}
        options={(['fill', 'replace', 'leave'] as const).map((value) => ({
          value,
          label: t(`onKnown.${value}`),
          hint: t(`onKnownHint.${value}`),
        }))}
        onChoose={(onKnown) => change({ onKnown })}
      />
      <div className={styles['defaults']}>
        <Select
          label={t('language')}
          value={choices.language}
          options={[
            { value: 'en', label: words('language.en') },
            { value: 'de', label: words('language.de') },
          ]}
          onChoose={(language) => change({ language })}
        />
        <TextField
          label={t('tags')}
          hint={words('form.tagsHint')}
          value={choices.tags}
          onText={(tags) => change({ tags })}
        />
        <Select
          label={t('basis')}
          value={choices.basis}
          options={Bases.options.map((basis) => ({ value: basis, label: words(`basis.${basis}`) }))}
          onChoose={(basis) => change({ basis })}
        />
        <TextField
          label={t('basisSource')}
          hint={words('form.basisSourceHint')}
          value={choices.basisSource}
          maxLength={300}
          disabled={choices.basis === 'none'}
          onText={(basisSource) => change({ basisSource })}
        />
      </div>
    </div>
  )
}

function Outlook({
  file,
  choices,
}: {
  readonly file: ContactImportFile
  readonly choices: Choices
}): ReactElement {
  const { t } = useTranslation('imports')
  const sentence = useProblemSentence()
  const [wished] = useDebouncedValue(choices, 300)
  const [pressed, press] = useState(false)
  const wish = { ...wished, roles: [...wished.roles], tags: tagsOf(wished.tags) }
  const preview = useImportPreview(file.id, wish)
  const start = useStartImport(file.id)
  const figures = preview.data
  const count = figures ? figures.added + figures.filled : 0
  return (
    <section className={styles['outlook']} aria-label={t('outlook')}>
      <h2>{t('outlook')}</h2>
      {start.error ? <ProblemBanner sentence={t('failed', { why: sentence(start.error) })} /> : null}
      {preview.error ? <ProblemBanner sentence={sentence(preview.error)} /> : null}
      {figures && !preview.error ? (
        <>
          <table className={styles['figures']} aria-live="polite">
            <tbody>
              {(['added', 'filled', 'known', 'failed'] as const).map((figure) => (
                <tr key={figure} data-zero={figures[figure] === 0 ? 'true' : undefined}>
                  <td>{t('number', { count: figures[figure] })}</td>
                  <th scope="row">{t(`figure.${figure}`)}</th>
                </tr>
              ))}
            </tbody>
          </table>
          <ImportProblems problems={figures.problems} total={figures.failed} />
          <Button
            look="primary"
            wide
            busy={start.isPending || pressed}
            disabled={count === 0 || preview.isPlaceholderData}
            onClick={() => {
              press(true)
              start.mutate(wish, { onError: () => press(false) })
            }}
          >
            {t('act', { count })}
          </Button>
        </>
      ) : null}
      {preview.isPending ? <Loading /> : null}
    </section>
  )
}
