/**
 * The composer: recipients, sender, subject where there is one, the text with layout or plain, files, and the acts. One
 * part for answers, letters to an influencer and, without recipients, texts of a campaign. Knows nothing of where its
 * letter comes from and goes to. Ctrl or Command with Enter sends; Escape closes and keeps everything.
 */
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Select, TextArea, TextField } from '../../ui/field.tsx'
import { AttachButton } from '../files/attach-button.tsx'
import { FileList } from '../files/file-list.tsx'
import { fitted } from '../files/letter-file.ts'
import { useFiles } from '../files/use-files.ts'
import { Editor, type EditorHandle } from './editor.tsx'
import { LaterMenu } from './later-menu.tsx'
import type { Letter } from './letter.ts'
import { gapsIn, htmlOf, isBlank, wordsOf } from './letter.ts'
import { Recipients } from './recipients.tsx'
import styles from './composer.module.css'

/** What a composer needs to know of a mailbox. */
export interface ComposerSender {
  readonly mailboxId: string
  readonly address: string
  readonly filesLimit: number
}

/** How the letter goes. */
export type Going = 'now' | 'done' | { readonly at: string }

interface ComposerProps {
  /** Names the text field for readers: "Reply to Lena Reist". */
  readonly label: string
  readonly letter: Letter
  readonly change: (next: Partial<Letter> | ((letter: Letter) => Partial<Letter>)) => void
  readonly senders: readonly ComposerSender[]
  readonly to?: { readonly address: string; readonly name: string } | undefined
  readonly others?: readonly string[]
  readonly withSubject?: boolean
  readonly sendLabel: string
  /** The second act of sending: "Send and done". */
  readonly doneLabel?: string
  readonly send: (going: Going) => void
  readonly sending: boolean
  readonly close: () => void
  readonly closeLabel: string
  /** Problems and questions, above the text. */
  readonly banner?: ReactNode
  /** Words about the sender and the draft, beside the acts. */
  readonly foot?: ReactNode
  /** Further acts, after the others. */
  readonly more?: ReactNode
  readonly templates?: ReactNode
}

export function Composer(props: ComposerProps): ReactElement {
  const { letter, change, senders } = props
  const { t } = useTranslation('parts')
  const editor = useRef<EditorHandle>(null)
  const plain = useRef<HTMLTextAreaElement>(null)
  const subject = useRef<HTMLInputElement>(null)
  const files = useFiles((next) => change((now) => ({ files: next(now.files) })))
  const sender = senders.find((one) => one.mailboxId === letter.mailboxId) ?? senders[0]
  const limit = sender?.filesLimit ?? 0
  const going = fitted(letter.files, limit)
  const bare = isBlank({ ...letter, files: [] })
  const gaps = gapsIn(letter)
  const titled = !props.withSubject || letter.subject.trim() !== ''
  const whole = !bare && titled && gaps.length === 0
  const ready = whole && sender !== undefined && !props.sending && files.coming.length === 0

  useEffect(() => {
    if (props.withSubject && letter.subject === '') subject.current?.focus()
    else if (letter.html === undefined) plain.current?.focus()
    else editor.current?.focus()
    // only when it opens
    // eslint-disable-next-line
  }, [])

  function send(how: Going): void {
    if (!ready) return
    if (going !== letter.files) change({ files: going })
    props.send(how)
  }
  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      send(event.shiftKey && props.doneLabel ? 'done' : 'now')
    }
    if (event.key === 'Escape' && !event.defaultPrevented) props.close()
  }
  return (
    <form
      className={styles['composer']}
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault()
        send('now')
      }}
    >
      {props.banner}
      <div className={styles['head']}>
        {props.to ? (
          <Recipients
            to={props.to}
            cc={letter.cc}
            others={props.others ?? []}
            onCc={(cc) => change({ cc })}
          />
        ) : null}
        {senders.length > 1 ? (
          <Select
            label={t('composer.from')}
            hideLabel
            compact
            value={sender?.mailboxId ?? ''}
            options={senders.map((one) => ({
              value: one.mailboxId,
              label: `${t('composer.from')} ${one.address}`,
            }))}
            onChoose={(mailboxId) => change({ mailboxId })}
          />
        ) : (
          <span className={styles['fromOnly']}>
            <span className={styles['headLabel']}>{t('composer.from')}</span> {sender?.address}
          </span>
        )}
      </div>
      {props.withSubject ? (
        <TextField
          ref={subject}
          label={t('composer.subject')}
          hideLabel
          placeholder={t('composer.subject')}
          value={letter.subject}
          maxLength={300}
          onText={(text) => change({ subject: text })}
        />
      ) : null}
      {letter.html === undefined ? (
        <div className={styles['plain']}>
          <TextArea
            ref={plain}
            label={props.label}
            hideLabel
            rows={7}
            value={letter.text}
            onText={(text) => change({ text })}
          />
        </div>
      ) : (
        <Editor
          handle={editor}
          label={props.label}
          html={letter.html}
          onHtml={(html) => change({ html })}
          onFiles={files.add}
        />
      )}
      <FileList files={letter.files} going={going} coming={files.coming} limit={limit} drop={files.drop} />
      {gaps.length > 0 ? (
        <p className={styles['gaps']} role="status">
          {t('composer.gaps', { count: gaps.length, names: gaps.join(', ') })}
        </p>
      ) : null}
      <div className={styles['acts']}>
        <span className={styles['send']}>
          <Button type="submit" look="primary" busy={props.sending} disabled={!ready}>
            {props.sendLabel}
          </Button>
          <LaterMenu
            title={t('later.sendTitle')}
            position="top-start"
            first={props.doneLabel ? [{ label: props.doneLabel, act: () => send('done') }] : []}
            choose={(at) => send({ at })}
            target={
              <button
                type="button"
                className={styles['sendMore']}
                aria-label={t('composer.sendMore')}
                title={t('composer.sendMore')}
                disabled={!ready}
              >
                <span aria-hidden="true">▾</span>
              </button>
            }
          />
        </span>
        <AttachButton add={files.add} />
        {props.templates}
        <Button
          look="quiet"
          aria-pressed={letter.html === undefined}
          onClick={() =>
            change(
              letter.html === undefined
                ? { html: letter.text === '' ? '' : htmlOf(letter.text) }
                : { html: undefined, text: wordsOf(letter) },
            )
          }
        >
          {letter.html === undefined ? t('composer.toLayout') : t('composer.toPlain')}
        </Button>
        <Button look="quiet" onClick={props.close}>
          {props.closeLabel}
        </Button>
        {props.more}
        {props.foot ? <div className={styles['foot']}>{props.foot}</div> : null}
      </div>
    </form>
  )
}
