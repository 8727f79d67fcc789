/**
 * Another address of the account: the provider is asked which ones it lists, and each that is not connected yet can be
 * added. Nothing is signed in anew; the address gets a sender name, a signature and a daily limit of its own.
 */
import type { OfferedAddress } from '@kontor/api/mailboxes'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import styles from './address-dialog.module.css'
import { useAddAddress, useOfferedAddresses } from './asks.ts'
import type { DialogProps } from './dialog-props.ts'

export function AddressDialog({ mailbox, close }: DialogProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const offered = useOfferedAddresses(mailbox.id)
  const [added, note] = useState<readonly { readonly address: string; readonly id: string }[]>([])
  const account = mailbox.account ?? mailbox.address
  return (
    <Dialog
      title={t('address.title', { account })}
      opened
      close={close}
      width={560}
      acts={<Button onClick={close}>{shell('act.close')}</Button>}
    >
      <p>{t('address.sentence')}</p>
      {offered.isPending ? <Loading /> : null}
      {offered.error ? (
        <ProblemBanner sentence={sentence(offered.error)} retry={() => void offered.refetch()} />
      ) : null}
      {offered.data?.length === 0 ? <p className={styles['empty']}>{t('address.empty')}</p> : null}
      {offered.data && offered.data.length > 0 ? (
        <ul className={styles['list']} aria-label={t('address.list', { account })}>
          {offered.data.map((one) => (
            <Offered
              key={one.address}
              via={mailbox.id}
              offered={one}
              added={added.find(({ address }) => address === one.address)?.id}
              note={(id) => note([...added, { address: one.address, id }])}
              close={close}
            />
          ))}
        </ul>
      ) : null}
    </Dialog>
  )
}

interface OfferedProps {
  readonly via: string
  readonly offered: OfferedAddress
  /** The mailbox that it has become a moment ago. */
  readonly added: string | undefined
  readonly note: (mailboxId: string) => void
  readonly close: () => void
}

function Offered({ via, offered, added, note, close }: OfferedProps): ReactElement {
  const { t } = useTranslation('settings')
  const sentence = useProblemSentence()
  const add = useAddAddress(via)
  const { address, name, connected } = offered
  return (
    <li>
      <div className={styles['who']}>
        <b>{address}</b>
        {name ? <span>{name}</span> : null}
      </div>
      <div className={styles['act']} aria-live="polite">
        {added ? (
          <>
            <span>{t('address.added')}</span>{' '}
            <Link
              to="/settings/integrations/$mailboxId"
              params={{ mailboxId: added }}
              hash="signature"
              onClick={close}
            >
              {t('menu.signature')}
            </Link>
          </>
        ) : connected ? (
          <span>{t('address.connected')}</span>
        ) : (
          <Button
            busy={add.isPending}
            aria-label={t('address.addNamed', { address })}
            onClick={() => add.mutate(address, { onSuccess: ({ mailboxId }) => note(mailboxId) })}
          >
            {t('address.add')}
          </Button>
        )}
      </div>
      {add.error ? (
        <div className={styles['problem']}>
          <ProblemBanner sentence={sentence(add.error)} />
        </div>
      ) : null}
    </li>
  )
}
