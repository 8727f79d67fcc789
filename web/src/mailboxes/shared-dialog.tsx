/**
 * A mailbox that an organisation shares with the account: Microsoft lists none, so its address is typed, and whether the
 * account may use it shows in the trial that the server makes. What is wrong is told beside the field; where the account
 * has not allowed shared mailboxes yet, the way to Microsoft is the next act, and the address comes back with the person.
 */
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import styles from './address-dialog.module.css'
import { useAddShared, useSharedConsent } from './asks.ts'
import type { DialogProps } from './dialog-props.ts'

interface SharedProps extends DialogProps {
  /** Typed before the person went to Microsoft. */
  readonly address?: string | undefined
}

export function SharedDialog({ mailbox, close, address: meant = '' }: SharedProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const { t: part } = useTranslation('parts')
  const sentence = useProblemSentence()
  const [typed, type] = useState({ address: meant, name: '' })
  const add = useAddShared(mailbox.id)
  const consent = useSharedConsent(mailbox.id)
  const field = useFieldProblem(add.error)
  const account = mailbox.address
  const address = typed.address.trim()
  const allow = add.error instanceof ProblemError && add.error.code === 'shared_consent_missing'
  const failed = consent.error ?? (field('address') ? null : add.error)
  if (add.isSuccess)
    return (
      <Dialog
        title={t('shared.title')}
        opened
        close={close}
        acts={<Button onClick={close}>{shell('act.close')}</Button>}
      >
        <p>
          {t('shared.added', { address })}{' '}
          <Link
            to="/settings/integrations/$mailboxId"
            params={{ mailboxId: add.data.mailboxId }}
            hash="signature"
            onClick={close}
          >
            {t('menu.signature')}
          </Link>
        </p>
      </Dialog>
    )
  return (
    <Dialog
      title={t('shared.title')}
      opened
      close={close}
      width={560}
      acts={
        <>
          {allow ? (
            <Button look="primary" busy={consent.isPending} onClick={() => consent.mutate(address)}>
              {t('shared.allow')}
            </Button>
          ) : (
            <Button
              look="primary"
              busy={add.isPending}
              disabled={address === ''}
              onClick={() => add.mutate({ ...typed, address })}
            >
              {t('shared.act')}
            </Button>
          )}
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      <p>{t('shared.sentence', { account })}</p>
      <p>{t('shared.level', { level: part(`level.${mailbox.level}`), account })}</p>
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
      <form
        className={styles['fields']}
        onSubmit={(event) => {
          event.preventDefault()
          if (address !== '' && !allow) add.mutate({ ...typed, address })
        }}
      >
        <TextField
          type="email"
          label={t('shared.address')}
          value={typed.address}
          problem={field('address')}
          autoComplete="off"
          data-autofocus
          onText={(next) => {
            add.reset()
            type({ ...typed, address: next })
          }}
        />
        <TextField
          label={t('shared.name')}
          hint={t('shared.nameHint')}
          value={typed.name}
          autoComplete="off"
          onText={(name) => type({ ...typed, name })}
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
