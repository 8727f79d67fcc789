/**
 * Plain text of a mail, set as a letter: blank lines part paragraphs, single line breaks stay as they were written. Web
 * addresses can be followed, except those of this installation: they are the recipient's own, and following one would
 * count as theirs.
 */
import type { ReactElement } from 'react'
import { Letter } from '../ui/letter.tsx'
import { type Piece, withAddresses } from './addresses.ts'
import styles from './letter-text.module.css'

export function LetterText({ text, lang }: { readonly text: string; readonly lang?: string }): ReactElement {
  const paragraphs = text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ''))
    .filter((paragraph) => paragraph !== '')
  return (
    <Letter {...(lang ? { lang } : {})}>
      {paragraphs.map((paragraph, at) => (
        <p key={`${at}.${paragraph.slice(0, 20)}`} className={styles['paragraph']}>
          {withAddresses(paragraph).map((piece, place) => (
            <Words key={`${place}.${piece.text.slice(0, 20)}`} piece={piece} />
          ))}
        </p>
      ))}
    </Letter>
  )
}

function Words({ piece: { text, address } }: { readonly piece: Piece }): ReactElement {
  if (address === undefined) return <>{text}</>
  if (address.startsWith(`${location.origin}/`)) return <span title={address}>{text}</span>
  return (
    <a href={address} title={address} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  )
}
