/** A person without a mouse: presses keys, and sees where the focus is. */
import type { Page } from 'playwright-core'

export class Keyboard {
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key)
  }
  async type(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text)
  }

  /** Presses Tab until the focus stands on what is called so. Every stop on the way is visible. */
  async tabTo(name: string): Promise<void> {
    const stops: string[] = []
    for (let presses = 0; presses < 80; presses++) {
      await this.press('Tab')
      const stop = await this.focus()
      if (!stop.marked) throw new Error(`nobody sees that the focus stands on "${stop.name}"`)
      if (stop.name === name) return
      stops.push(stop.name)
    }
    throw new Error(`Tab never comes to "${name}", but to ${stops.join(' · ')}`)
  }

  /** What has the focus: its name, whether it is marked, whether it is inside a dialog. */
  async focus(): Promise<Focus> {
    return await this.#page.evaluate(() => {
      const stop = document.activeElement
      // Between the last stop and the first one nothing has the focus.
      if (!(stop instanceof HTMLElement) || stop === document.body)
        return { name: '', marked: true, inDialog: false }
      const labels = 'labels' in stop ? [...((stop as HTMLInputElement).labels ?? [])] : []
      const name = stop.getAttribute('aria-label') ?? labels[0]?.textContent ?? stop.textContent ?? ''
      const { outlineStyle, outlineWidth } = getComputedStyle(stop)
      const outlined = outlineStyle !== 'none' && outlineWidth !== '0px'
      const { width, height } = stop.getBoundingClientRect()
      return {
        name: name.trim().slice(0, 80),
        marked: outlined && width > 0 && height > 0,
        inDialog: stop.closest('[role="dialog"]') !== null,
      }
    })
  }
}

interface Focus {
  readonly name: string
  readonly marked: boolean
  readonly inDialog: boolean
}
