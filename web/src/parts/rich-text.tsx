/**
 * The layout of a letter of ours on the screen. It was cut to paragraphs, bold, italic, lists and links when it was sent;
 * here it is read again and drawn element by element, so that nothing else could ever be drawn.
 */
import { Fragment, createElement, type ReactElement, type ReactNode } from 'react'
import { Letter } from '../ui/letter.tsx'

const drawn = new Set(['p', 'br', 'strong', 'em', 'ul', 'ol', 'li'])

export function RichText({ html }: { readonly html: string }): ReactElement {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  return (
    <Letter>
      <>{childrenOf(body)}</>
    </Letter>
  )
}

function childrenOf(node: Node): ReactNode[] {
  return Array.from(node.childNodes, (child, at) => <Fragment key={at}>{draw(child)}</Fragment>)
}

function draw(node: Node): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue
  if (!(node instanceof Element)) return null
  const name = node.nodeName.toLowerCase()
  if (name === 'br') return <br />
  if (name === 'a') {
    const href = node.getAttribute('href') ?? ''
    if (!/^(?:https?:|mailto:)/i.test(href)) return childrenOf(node)
    return (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {childrenOf(node)}
      </a>
    )
  }
  return drawn.has(name) ? createElement(name, null, ...childrenOf(node)) : childrenOf(node)
}
