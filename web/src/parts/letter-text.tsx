/** Plain text of a mail, set as a letter: blank lines part paragraphs, single line breaks stay as they were written. */
import type { ReactElement } from 'react'
import { Letter } from '../ui/letter.tsx'
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
          {paragraph}
        </p>
      ))}
    </Letter>
  )
}
