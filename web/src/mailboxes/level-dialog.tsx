/**
 * From one level to the other. Giving up reading asks what becomes of the stored replies; getting it asks whether replies
 * of the time before are to be fetched. A shared mailbox changes by itself, as far as its account reaches. All say what the
 * provider will do before anybody is sent there.
 */
import type { Mailbox } from '@kontor/api/mailboxes'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { sameAccount } from '../parts/same-account.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, Radios } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useLevelChange } from './asks.ts'
import { useStored } from './asks-privacy.ts'
import type { DialogProps } from './dialog-props.ts'

export function LevelDialog({ mailbox, others, close }: DialogProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: part } = useTranslation('parts')
  const { t: shell } = useTranslation('shell')
  const problem = useProblemSentence()
  const times = useTimes(mailbox.zone)
  const change = useLevelChange(mailbox.id)
  const { data: mail } = useStored(mailbox.id, true)
  const [stored, keepOrErase] = useState<'keep' | 'erase'>('keep')
  const [fetchEarlier, fetch] = useState(true)
  const provider = part(`provider.${mailbox.provider}`)
  const next = mailbox.level === 'full' ? 'send_only' : 'full'
  const received = mail?.received ?? 0
  const shared = mailbox.place === 'shared'
  const { account = '' } = mailbox
  // those of the account; a shared mailbox does not rise with it, and may have fallen before
  const beside = shared
    ? []
    : sameAccount(mailbox, others).filter(
        ({ place, level }) => place !== 'shared' || (next === 'send_only' && level === 'full'),
      )
  const bound = shared && next === 'full' && sameAccount(mailbox, others).some(isSendOnlyAccount)
  return (
    <Dialog
      title={t('level.title', { address: mailbox.address })}
      opened
      close={close}
      width={560}
      acts={
        <>
          {bound ? null : (
            <Button
              look="primary"
              busy={change.isPending}
              onClick={() =>
                change.mutate(next === 'full' ? { level: next, fetchEarlier } : { level: next, stored }, {
                  onSuccess: close,
                })
              }
              data-autofocus
            >
              {shared ? t('level.actShared') : t('level.act', { provider })}
            </Button>
          )}
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {change.error ? <ProblemBanner sentence={problem(change.error)} /> : null}
      <p>
        <b>{`${part(`level.${mailbox.level}`)} → ${part(`level.${next}`)}`}</b>
      </p>
      <p>
        {shared
          ? t(bound ? 'level.shared.bound' : `level.shared.${next}`, { account })
          : next === 'full'
            ? t('level.toFull', { provider })
            : t(`level.toSendOnly.${mailbox.provider}`)}
      </p>
      {beside.length > 0 ? (
        <p>
          {t('level.others', { addresses: beside.map(({ address }) => address) })}
          {next === 'send_only' && [mailbox, ...beside].some(({ place }) => place === 'alias')
            ? ` ${t('level.aliasesStop')}`
            : ''}
        </p>
      ) : null}
      {next === 'send_only' && received > 0 ? (
        <Radios
          legend={t('level.stored', { count: received })}
          value={stored}
          onChoose={keepOrErase}
          options={[
            { value: 'keep', label: t('disconnect.keep'), hint: t('level.keepHint') },
            { value: 'erase', label: t('disconnect.erase'), hint: t('level.eraseHint') },
          ]}
        />
      ) : null}
      {next === 'full' && mail?.firstSentAt && !bound ? (
        <Checkbox
          label={t('level.fetch')}
          hint={t('level.fetchHint', { when: times.full(mail.firstSentAt) })}
          checked={fetchEarlier}
          onCheck={fetch}
        />
      ) : null}
    </Dialog>
  )
}

function isSendOnlyAccount({ place, level }: Mailbox): boolean {
  return place === 'own' && level === 'send_only'
}
