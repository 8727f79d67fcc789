/**
 * The layout of a letter of ours on the screen. It was cut to paragraphs, bold, italic, lists and links when it was sent;
 * here it is read again and drawn element by element, so that nothing else could ever be drawn. In a preview links are
 * shown and cannot be followed: they are the recipient's own, and following one would count as theirs.
 */
import { Fragment, createElement, type ReactElement, type ReactNode } from 'react'
import { Letter } from '../ui/letter.tsx'
import styles from './rich-text.module.css'

const drawn = new Set(['p', 'br', 'strong', 'em', 'ul', 'ol', 'li'])

type Links = 'followed' | 'shown'

export function RichText(props: { readonly html: string; readonly links: Links }): ReactElement {
  const body = new DOMParser().parseFromString(props.html, 'text/html').body
  return (
    <Letter>
      <>{childrenOf(body, props.links)}</>
    </Letter>
  )
}

function childrenOf(node: Node, links: Links): ReactNode[] {
  return Array.from(node.childNodes, (child, at) => <Fragment key={at}>{draw(child, links)}</Fragment>)
}

function draw(node: Node, links: Links): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue
  if (!(node instanceof Element)) return null
  const name = node.nodeName.toLowerCase()
  if (name === 'br') return <br />
  if (name === 'a') {
    const href = node.getAttribute('href') ?? ''
    if (!/^(?:https?:|mailto:)/i.test(href)) return childrenOf(node, links)
    const button = buttonOf(node)
    if (links === 'shown')
      return (
        <span className={styles[button ? 'button' : 'link']} style={button} title={href}>
          {childrenOf(node, links)}
        </span>
      )
    return (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {childrenOf(node, links)}
      </a>
    )
  }
  return drawn.has(name) ? createElement(name, null, ...childrenOf(node, links)) : childrenOf(node, links)
}

/** The colours of a link that was dressed as a button. */
function buttonOf(link: Element): { readonly background: string; readonly color: string } | undefined {
  const [, background, color] =
    /background:(#[0-9a-f]{6});color:(#[0-9a-f]{3,6})/i.exec(link.getAttribute('style') ?? '') ?? []
  return background === undefined || color === undefined ? undefined : { background, color }
}
