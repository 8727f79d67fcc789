/** One block of the article on the screen: paragraph, list, table or a statement that is not ours to change. */
import type { Block, Inline, Text } from '@kontor/api/help/article'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import styles from './help.module.css'

export function ArticleBlock({ block }: { readonly block: Block }): ReactElement {
  switch (block.kind) {
    case 'paragraph':
      return <p>{words(block.text)}</p>
    case 'heading':
      return <h3>{block.text}</h3>
    case 'statement':
      return <blockquote>{words(block.text)}</blockquote>
    case 'list':
      return <ul>{entries(block.entries)}</ul>
    case 'steps':
      return <ol>{entries(block.entries)}</ol>
    case 'table':
      return <ArticleTable table={block} />
  }
}

function ArticleTable({ table }: { readonly table: Extract<Block, { kind: 'table' }> }): ReactElement {
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={table.caption}>
      <table className={styles['table']} data-columns={table.head.length}>
        <caption className="unseen">{table.caption}</caption>
        <thead>
          <tr>
            {table.head.map((cell, at) =>
              cell === '' ? (
                <td key={at} />
              ) : (
                <th key={at} scope="col">
                  {cell}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{words(name ?? '')}</th>
              {cells.map((cell, at) => (
                <td key={at}>{words(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function entries(texts: readonly Text[]): readonly ReactElement[] {
  return texts.map((text, at) => <li key={at}>{words(text)}</li>)
}

function words(text: Text): ReactNode {
  return typeof text === 'string' ? text : text.map((inline, at) => <Words key={at} inline={inline} />)
}

function Words({ inline }: { readonly inline: Inline }): ReactNode {
  if (typeof inline === 'string') return inline
  if ('strong' in inline) return <b>{inline.strong}</b>
  if (inline.to.startsWith('#'))
    return (
      <Link to="/help" hash={inline.to.slice(1)}>
        {inline.link}
      </Link>
    )
  return (
    <a href={inline.to} target="_blank" rel="noreferrer">
      {inline.link}
    </a>
  )
}
