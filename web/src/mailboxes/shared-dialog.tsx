/**
 * A mailbox that an organisation shares with the account: Microsoft lists none, so its address is typed, and whether the
 * account may use it shows in the trial that the server makes. It may be used at a smaller level than the account. What is wrong
 * is told beside the field; where the account has not allowed shared mailboxes yet, the way to Microsoft is the next act, and
 * what was typed comes back with the person.
 */
import type { Level } from '@kontor/api/mailboxes'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Radios, TextField } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import styles from './address-dialog.module.css'
import { useAddShared, useSharedConsent } from './asks.ts'
import type { DialogProps } from './dialog-props.ts'

/** What the person typed before they went to Microsoft. */
export interface Meant {
  readonly address: string
  readonly name: string
  readonly level: Level
}

interface SharedProps extends DialogProps {
  readonly meant?: Meant | undefined
}

export function SharedDialog({ mailbox, close, meant }: SharedProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const { t: part } = useTranslation('parts')
  const sentence = useProblemSentence()
  const [typed, type] = useState<Meant>(meant ?? { address: '', name: '', level: mailbox.level })
  const add = useAddShared(mailbox.id)
  const consent = useSharedConsent(mailbox.id)
  const field = useFieldProblem(add.error)
  const account = mailbox.address
  const address = typed.address.trim()
  const wish = { ...typed, address }
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
            <Button look="primary" busy={consent.isPending} onClick={() => consent.mutate(wish)}>
              {t('shared.allow')}
            </Button>
          ) : (
            <Button
              look="primary"
              busy={add.isPending}
              disabled={address === ''}
              onClick={() => add.mutate(wish)}
            >
              {t('shared.act')}
            </Button>
          )}
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      <p>{t('shared.sentence', { account })}</p>
      <p>{t('shared.own')}</p>
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
      <form
        className={styles['fields']}
        onSubmit={(event) => {
          event.preventDefault()
          if (address !== '' && !allow) add.mutate(wish)
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
        {mailbox.level === 'full' ? (
          <Radios
            legend={t('shared.level')}
            value={typed.level}
            onChoose={(level) => {
              add.reset()
              type({ ...typed, level })
            }}
            options={(['full', 'send_only'] as const).map((value) => ({
              value,
              label: part(`level.${value}`),
              hint: t(`shared.levelHint.${value}`),
            }))}
          />
        ) : (
          <p>{t('shared.sendOnly', { account, level: part('level.send_only') })}</p>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
