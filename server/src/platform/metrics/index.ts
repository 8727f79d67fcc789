/**
 * Owns counters and gauges and their text form (Prometheus exposition format 0.0.4).
 * Refuses: timings with buckets, remote pushes, and labels with unbounded values (ids, addresses).
 */
export type Labels = Readonly<Record<string, string>>
export type Metrics = {
  /** Adds to a counter, which only ever grows. */
  count(name: string, labels?: Labels, by?: number): void
  /** Sets a gauge to the value it has now. */
  gauge(name: string, value: number, labels?: Labels): void
  /** The text a scraper reads. */
  exposition(): string
}

type Series = { readonly kind: 'counter' | 'gauge'; readonly values: Map<string, number> }

/** An empty registry. `describe` gives each known name its help line. */
export function createMetrics(describe: Readonly<Record<string, string>> = {}): Metrics {
  const all = new Map<string, Series>()

  function series(name: string, kind: Series['kind']): Series {
    const known = all.get(name)
    if (known !== undefined) {
      if (known.kind !== kind) throw new Error(`${name} is a ${known.kind}, not a ${kind}`)
      return known
    }
    if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`${name} is not a metric name`)
    const fresh: Series = { kind, values: new Map() }
    all.set(name, fresh)
    return fresh
  }

  return {
    count(name, labels = {}, by = 1) {
      const { values } = series(name, 'counter')
      const label = labelText(labels)
      values.set(label, (values.get(label) ?? 0) + by)
    },
    gauge(name, value, labels = {}) {
      series(name, 'gauge').values.set(labelText(labels), value)
    },
    exposition() {
      const lines = [...all].flatMap(([name, { kind, values }]) => [
        ...(describe[name] === undefined ? [] : [`# HELP ${name} ${describe[name]}`]),
        `# TYPE ${name} ${kind}`,
        ...[...values].map(([label, value]) => `${name}${label} ${value}`),
      ])
      return lines.length === 0 ? '' : `${lines.join('\n')}\n`
    },
  }
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).toSorted(([left], [right]) => (left < right ? -1 : 1))
  if (pairs.length === 0) return ''
  const escape = (value: string) =>
    value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `{${pairs.map(([name, value]) => `${name}="${escape(value)}"`).join(',')}}`
}
