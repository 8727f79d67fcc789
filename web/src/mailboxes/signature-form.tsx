/**
 * Sender name and signature, with simple layout. With Full Access on Gmail the one kept there is offered: it fills the
 * form and is saved like anything typed, so that nothing is taken over unseen.
 */
import type { Mailbox, MailboxChange } from '@kontor/api/mailboxes'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { useSession } from '../client/session.ts'
import { Editor } from '../parts/composer/editor.tsx'
import { RichText } from '../parts/rich-text.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Note, SettingsForm } from '../ui/form.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useMailboxChange, useSignatureOffer } from './asks.ts'
import own from './mailboxes.module.css'
import { layoutFromPlain } from './signature-layout.ts'

type Typed = Pick<MailboxChange, 'displayName' | 'signatureHtml'>

export function SignatureForm({ mailbox }: { readonly mailbox: Mailbox }): ReactElement {
  const { t } = useTranslation('mailbox')
  const sentence = useProblemSentence()
  const { person } = useSession()
  const [typed, type, forget] = useDraft<Typed>(`mailbox.${mailbox.id}.signature`, {})
  const change = useMailboxChange(mailbox.id)
  const offer = useSignatureOffer(mailbox.id)
  const problem = useFieldProblem(change.error)
  // another text in the editor is another letter, so that discarding and importing show at once
  const [version, setVersion] = useState(0)
  const saved = mailbox.signatureHtml === '' ? layoutFromPlain(mailbox.signature) : mailbox.signatureHtml
  const name = typed.displayName ?? mailbox.displayName
  const html = typed.signatureHtml ?? saved
  const mine = mailbox.ownerId === person.id
  const offered = mine && mailbox.provider === 'gmail' && mailbox.level === 'full'
  return (
    <fieldset disabled={!mine} className={own['plainFieldset']}>
      <SettingsForm
        changed={name !== mailbox.displayName || html !== saved}
        saving={change.isPending}
        saved={change.isSuccess}
        problem={change.error ? sentence(change.error) : undefined}
        save={() => change.mutate(typed, { onSuccess: forget })}
        discard={() => {
          forget()
          setVersion(version + 1)
        }}
      >
        {mine ? null : <Note>{t('signature.ownerOnly', { name: mailbox.ownerName })}</Note>}
        <TextField
          label={t('signature.name')}
          value={name}
          onText={(displayName) => type({ ...typed, displayName })}
          problem={problem('displayName')}
          maxLength={120}
        />
        {mine ? (
          <div>
            <p className={own['label']}>{t('signature.text')}</p>
            <p className={own['hint']}>{t('signature.textHint')}</p>
            <Editor
              key={version}
              label={t('signature.text')}
              html={html}
              onHtml={(signatureHtml) => type({ ...typed, signatureHtml })}
            />
          </div>
        ) : null}
        {offered ? (
          <div className={own['stack']}>
            <div>
              <Button
                busy={offer.isPending}
                onClick={() =>
                  offer.mutate(undefined, {
                    onSuccess: (kept) => {
                      type({ displayName: kept.displayName || name, signatureHtml: kept.signatureHtml })
                      setVersion(version + 1)
                    },
                  })
                }
              >
                {offer.isPending ? t('signature.importing') : t('signature.import')}
              </Button>
            </div>
            {offer.error ? <ProblemBanner sentence={sentence(offer.error)} /> : null}
            {offer.isSuccess ? <Note>{t('signature.imported')}</Note> : null}
          </div>
        ) : null}
        <div className={own['signature']} role="group" aria-label={t('signature.preview')}>
          <b>{`${name} <${mailbox.address}>`}</b>
          <RichText links="followed" html={`<p>${t('signature.sample')}</p>${html}`} />
        </div>
      </SettingsForm>
    </fieldset>
  )
}
