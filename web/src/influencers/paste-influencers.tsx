/** Pasting many people from a table. Lines that could not be read stay in the field; nothing typed is lost. */
import type { PasteResult } from '@kontor/api/contacts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Select, TextArea } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { usePasteContacts } from './asks.ts'
import styles from './influencers.module.css'
import { filledLines, outcomes, remaining, unread } from './paste.ts'

export function PasteInfluencers(props: {
  readonly opened: boolean
  readonly close: () => void
}): ReactElement {
  const { t } = useTranslation('influencers')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const [text, keep] = useDraft('influencer.paste', '')
  const [language, setLanguage] = useState(useLanguage())
  const paste = usePasteContacts()
  const count = filledLines(text)

  function close(): void {
    paste.reset()
    props.close()
  }
  return (
    <Dialog
      title={t('pasting.title')}
      opened={props.opened}
      close={close}
      width={640}
      acts={
        <>
          <Button
            look="primary"
            busy={paste.isPending}
            disabled={count === 0}
            onClick={() =>
              paste.mutate({ text, language }, { onSuccess: (result) => keep(remaining(result)) })
            }
          >
            {count === 0 ? t('pasting.actNone') : t('pasting.act', { count })}
          </Button>
          <Button onClick={close}>{paste.data ? shell('act.close') : shell('act.cancel')}</Button>
        </>
      }
    >
      {paste.error ? <ProblemBanner sentence={t('pasting.failed', { why: sentence(paste.error) })} /> : null}
      {paste.data ? <Outcome result={paste.data} /> : null}
      <TextArea
        label={t('pasting.label')}
        hint={t('pasting.hint')}
        rows={8}
        value={text}
        onText={keep}
        spellCheck={false}
        data-autofocus
      />
      <Select
        label={t('pasting.language')}
        value={language}
        options={[
          { value: 'en', label: t('language.en') },
          { value: 'de', label: t('language.de') },
        ]}
        onChoose={setLanguage}
      />
    </Dialog>
  )
}

function Outcome({ result }: { readonly result: PasteResult }): ReactElement {
  const { t } = useTranslation('influencers')
  const lines = outcomes(result)
  return (
    <div role="status">
      <p>
        {t('pasting.added', { count: result.added.length })}{' '}
        {result.known.length > 0 ? t('pasting.known', { count: result.known.length }) : null}{' '}
        {unread(result).length > 0 ? t('pasting.problems', { count: unread(result).length }) : null}
      </p>
      {lines.length > 0 ? (
        <ul className={styles['outcomes']} aria-label={t('pasting.result')}>
          {lines.map((line) => (
            <li key={line.line}>
              <span className={styles['outcomeLine']}>{t('pasting.line', { line: line.line })}</span>
              <span>
                <code>{line.text}</code>
                <small data-status={line.status}>
                  {line.status === 'problem'
                    ? t(`pasting.problem.${problemWord(line.code)}`)
                    : t('pasting.knownLine')}
                  {line.contactId ? (
                    <>
                      {' '}
                      <Link to="/influencers/$contactId" params={{ contactId: line.contactId }}>
                        {t('form.knownAct')}
                      </Link>
                    </>
                  ) : null}
                </small>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

const lineProblems = [
  'no_address',
  'heading',
  'duplicate',
  'several',
  'name_too_long',
  'handle_too_long',
] as const

/** Whatever else is wrong with a line is wrong with its address. */
function problemWord(code: string | undefined): (typeof lineProblems)[number] | 'address' {
  return lineProblems.find((known) => known === code) ?? 'address'
}
