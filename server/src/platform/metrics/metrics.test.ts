import { expect, test } from 'vitest'
import { createMetrics } from './index.ts'

test('counters add up, gauges hold the last value, labels are sorted and escaped', () => {
  const metrics = createMetrics({ kontor_accepted: 'Mails a provider took responsibility for.' })
  metrics.count('kontor_accepted', { rank: 'direct', provider: 'gmail' })
  metrics.count('kontor_accepted', { provider: 'gmail', rank: 'direct' }, 2)
  metrics.gauge('kontor_waiting', 7)
  metrics.gauge('kontor_waiting', 5, { why: 'a "b"\n' })
  expect(metrics.exposition()).toBe(
    [
      '# HELP kontor_accepted Mails a provider took responsibility for.',
      '# TYPE kontor_accepted counter',
      'kontor_accepted{provider="gmail",rank="direct"} 3',
      '# TYPE kontor_waiting gauge',
      'kontor_waiting 7',
      'kontor_waiting{why="a \\"b\\"\\n"} 5',
      '',
    ].join('\n'),
  )
})

test('a name is one kind of metric', () => {
  const metrics = createMetrics()
  metrics.count('a')
  expect(() => metrics.gauge('a', 1)).toThrow('a is a counter, not a gauge')
  expect(() => metrics.count('Not a name')).toThrow('is not a metric name')
  expect(createMetrics().exposition()).toBe('')
})
