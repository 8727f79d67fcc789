/** The files of a mail to many in its form: those that are chosen, those on their way up, and the button for more. */
import type { ReactElement } from 'react'
import { AttachButton } from './attach-button.tsx'
import { FileList } from './file-list.tsx'
import styles from './files.module.css'
import { useFilesLimit } from './files-limit.ts'
import { fitted, type LetterFile, rejectedAsLinks } from './letter-file.ts'
import type { Files } from './use-files.ts'

interface FilesFieldProps {
  readonly files: readonly LetterFile[]
  readonly flow: Files
  /** From which mailbox it goes; absent: one's own first one. */
  readonly mailboxId: string | undefined
  readonly hint: string
}

export function FilesField({ files, flow, mailboxId, hint }: FilesFieldProps): ReactElement {
  const limit = useFilesLimit(mailboxId)
  const carried = rejectedAsLinks(files)
  return (
    <div className={styles['field']}>
      <FileList
        files={carried}
        going={fitted(carried, limit)}
        coming={flow.coming}
        limit={limit}
        drop={flow.drop}
      />
      <AttachButton add={flow.add} />
      {files.length > 0 ? <p className={styles['hint']}>{hint}</p> : null}
    </div>
  )
}
