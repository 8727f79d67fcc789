/** The public address: opened from outside before it is saved, because every link in a mail hangs on it. */
import type { ServerSettings } from '@kontor/api/server'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { useAddressCheck, useSettingChange } from './asks.ts'
import styles from './server.module.css'
import { SettingFrame } from './setting-frame.tsx'
import { Verdict } from './verdict.tsx'

const good = new Set(['reached', 'reached_plainly'])
/** What no saving would mend. */
const unusable = new Set(['no_origin', 'only_here'])

export function AddressForm({ settings }: { readonly settings: ServerSettings }): ReactElement {
  const { t } = useTranslation('server')
  const sentence = useProblemSentence()
  const state = settings.publicAddress
  const [draft, type, forget] = useDraft<{ readonly address?: string }>('server.address', {})
  const { address } = { address: state.address, ...draft }
  const check = useAddressCheck()
  const save = useSettingChange<{ address: string; version: number }>('public-address')
  const problem = useFieldProblem(save.error)
  const changed = address.trim() !== state.address
  const busy = check.isPending || save.isPending
  function keep(): void {
    save.mutate({ address, version: state.version }, { onSuccess: forget })
  }
  const found = check.data
  const questionable = found && !good.has(found.verdict) && !unusable.has(found.verdict)
  return (
    <SettingFrame
      setting="public-address"
      title={t('address.title')}
      intro={t('address.intro')}
      state={state}
      variables="PUBLIC_URL"
      removal={t('clearAddress')}
      removed={() => {
        forget()
        check.reset()
      }}
    >
      {state.from ? null : (
        <Banner tone="waiting">{t('address.otherwise', { address: state.otherwise })}</Banner>
      )}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          check.mutate(address, {
            onSuccess: ({ verdict }) => (changed && good.has(verdict) ? keep() : undefined),
          })
        }}
      >
        {save.error ? <ProblemBanner sentence={sentence(save.error)} /> : null}
        <TextField
          label={t('address.label')}
          hint={t('address.hint')}
          type="url"
          inputMode="url"
          value={address}
          onText={(next) => {
            type({ address: next })
            check.reset()
          }}
          problem={problem('address')}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <div className={styles['acts']}>
          <Button type="submit" look={changed ? 'primary' : 'plain'} busy={busy}>
            {busy ? t('address.checking') : changed || !state.from ? t('address.save') : t('address.check')}
          </Button>
          {questionable && changed ? (
            <Button onClick={keep} busy={busy}>
              {t('address.anyway')}
            </Button>
          ) : null}
        </div>
      </form>
      <div aria-live="polite">
        {check.error ? <ProblemBanner sentence={sentence(check.error)} /> : null}
        {found && !busy ? (
          <Verdict good={found.verdict === 'reached'} sentence={t(`address.verdict.${found.verdict}`)} />
        ) : null}
      </div>
    </SettingFrame>
  )
}
