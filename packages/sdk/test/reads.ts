import type { InputReads } from '../src/input/read.ts'

const types = (at: readonly string[], read: readonly (readonly string[])[], ...values: string[]) => ({
  at: [...at],
  key: ['type'],
  in: values,
  read: read.map((path) => [...path]),
})
const rs = ['resource_changes', '*']

/** What bundles may read of plans: from nothing to everything, all of some resources, some of all, one index. */
export const readings: Readonly<Record<string, InputReads>> = {
  nothing: [{ input: [] }],
  everything: [{ input: [['**']] }],
  'some of all resources': [
    {
      input: [
        ['resource_changes', '*', 'type'],
        ['resource_changes', '*', 'change', 'after', 'a', '**'],
      ],
    },
    { input: [['variables', '*', 'value', '**'], ['configuration']] },
  ],
  'all of some resources': [
    {
      input: [
        [...rs, 'type', '**'],
        [...rs, 'address', '**'],
        types(rs, [['**']], 'aws_a'),
        types(rs, [['change', 'after', '**']], 'aws_b', 'aws_é'),
        types(rs, [['change', 'actions', '*']], 'aws_a', 'aws_b'),
        types(['plan', ...rs], [['change', '**']], 'aws_c'),
        ['plan', ...rs, 'type'],
      ],
    },
  ],
  'some by other keys': [
    {
      input: [
        [...rs, 'change', 'after', '**'],
        ['resource_drift', '*', '0'],
        { at: ['resource_drift', '*'], key: ['0'], in: ['secret', '7'], read: [['1', '**']] },
        { at: ['resource_changes', '*'], key: ['0'], in: ['7'], read: [['**']] },
        [...rs, '0'],
        [...rs, 'name'],
        ['format_version'],
        ['output_changes', '*', 'after'],
        { at: rs, key: ['change', 'after', 'a'], in: ['x'], read: [['name']] },
        { at: rs, key: ['name'], in: ['n'], read: [['mode']] },
        { at: [], key: ['format_version'], in: ['1.2'], read: [['prior_state', '**']] },
        { at: ['output_changes', '*'], key: ['after'], in: ['production'], read: [['**']] },
      ],
    },
  ],
  'one element': [
    {
      input: [
        ['resource_changes', '1', 'change', '**'],
        ['resource_drift', '0'],
        ['planned_values', '**'],
      ],
    },
  ],
}
