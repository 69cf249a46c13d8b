import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { coded, plangate } from './runner.ts'

const files: Readonly<Record<string, string>> = {
  'good/a.rego': 'package a\n\np if input.x == 1\n\nq if input.y == 1\n',
  'good/a_test.rego': 'package a_test\n\ntest_p if data.a.p with input.x as 1\n\ntest_p if 1 == 1\n',
  'bad/b_test.rego': `package b_test

test_fails if {
	x := {"n": 1}
	print("looking")
	x.n == 2
}

test_cases[note] if {
	some note, n in {"one": 1, "two": 2}
	n < 2
}

todo_test_later if false
`,
  'base/c_test.rego': `package c_test

test_number if data.numbered[2] == "two"

test_mock if http.send({"url": "x", "method": "get"}).n == 7 with http.send as {"n": 7}

test_outside if not http.send({"url": "x:", "method": "get"})
`,
  // In OPA's interpreter a number finds a key of the base document, in its WebAssembly it does not (open-policy-agent/opa#3711).
  'base/data.json': '{"numbered": {"2": "two"}}',
  'broken/d_test.rego': 'package d\n\ntest_x if y == 1\n',
  'endless/e_test.rego': 'package e\n\ntest_x if count(numbers.range(1, 1000000000)) > 0\n',
  'empty/f.rego': 'package f\n',
  // OPA's interpreter answers at once; its WebAssembly goes through the whole set for each member.
  'stuck/g_test.rego': `package g_test

test_before if true

test_stuck if every x in _numbers { x in _members }

test_after if true

test_again if every x in _members { x in _members }

_numbers := numbers.range(1, 30000)

_members contains x if some x in _numbers
`,
}

const folder = mkdtempSync(join(tmpdir(), 'verify-'))

beforeAll(() => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

test('tests that pass end with 0, and are counted', () =>
  plangate('verify', 'good').in(folder).expectStdout('2 tests: 2 passed\n').verify())

test('tests that fail end with 1, and are explained', () =>
  plangate('verify', 'bad')
    .in(folder)
    .expectCode(1)
    .expectStdout(
      `FAIL  data.b_test.test_fails bad/b_test.rego:3
      bad/b_test.rego:6:
          x.n == 2
          |
          x.n: 1
          x: {"n": 1}
      > looking

FAIL  data.b_test.test_cases bad/b_test.rego:9
      two: FAIL
          bad/b_test.rego:11:
              n < 2
              |
              2

skip  data.b_test.todo_test_later bad/b_test.rego:14
4 tests: 1 passed, 2 failed, 1 skipped
`,
    )
    .verify())

test('what WebAssembly answers otherwise ends with 1', () =>
  plangate('verify', 'base', '--target', 'both', '--verbose')
    .in(folder)
    .expectCode(1)
    .expectStdout(
      `pass  data.c_test.test_number base/c_test.rego:3
pass  data.c_test.test_mock base/c_test.rego:5
pass  data.c_test.test_outside base/c_test.rego:7
3 tests: 3 passed
DIFF  data.c_test.test_number base/c_test.rego:3
      in the interpreter it passes, in WebAssembly it fails
skip  data.c_test.test_outside base/c_test.rego:7
      \`http.send\` is not there when plangate evaluates
compiled to WebAssembly: 1 equal, 1 different, 1 not comparable
`,
    )
    .verify())

test('a compiled test that does not end is ended after the time of a test, and the others go on', () =>
  plangate('verify', 'stuck', '--target', 'both', '--timeout', '4s')
    .in(folder)
    .expectCode(1)
    .expectStdout(
      `4 tests: 4 passed
DIFF  data.g_test.test_stuck stuck/g_test.rego:5
      in the interpreter it passes, in WebAssembly it does not end within 4000 ms
DIFF  data.g_test.test_again stuck/g_test.rego:9
      in the interpreter it passes, in WebAssembly it does not end within 4000 ms
compiled to WebAssembly: 2 equal, 2 different, 0 not comparable
`,
    )
    .verify())

// It takes as long as it says, and a slow machine needs most of that before the compiled tests begin.
const guarded = process.env['PLANGATE_TEST_FULL'] ? test : test.skip

guarded('the time of all ends compiled tests as well, and JUnit still has what the interpreter said', () =>
  plangate('verify', 'stuck', '--target', 'both', '--timeout', '10m', '--run-timeout', '30s', '--format', 'junit')
    .in(folder)
    .expectCode(3)
    .expectStdout((text) =>
      expect(text).toMatch(
        /^<\?xml .*\n<testsuites name="plangate verify" tests="4" failures="0" [^]*<\/testsuites>\n$/,
      ),
    )
    .expectStderr(
      'error: the compiled tests took too long [ERR_TIME_LIMIT]\n' +
        'hint: give it more time with `--run-timeout`, or run fewer tests\n',
    )
    .verify(),
)

test('the memory of a run is limited', () =>
  plangate('verify', 'good', '--memory-limit', '1MiB')
    .in(folder)
    .expectCode(3)
    .expectStderr(coded('ERR_MEMORY_LIMIT'))
    .verify())

test('JUnit has a suite for the tests as WebAssembly', () =>
  plangate('verify', 'base', '--target', 'both', '--format', 'junit')
    .in(folder)
    .expectCode(1)
    .expectStdout((text) =>
      expect(text.slice(text.indexOf('  <testsuite name="data.c_test (wasm)"'))).toBe(
        `  <testsuite name="data.c_test (wasm)" tests="3" failures="1" errors="0" skipped="1" time="0.000000">
    <testcase classname="data.c_test (wasm)" name="test_number" file="base/c_test.rego" line="3" time="0.000000">
      <failure message="in the interpreter it passes, in WebAssembly it fails" type="wasm">base/c_test.rego:3
</failure>
    </testcase>
    <testcase classname="data.c_test (wasm)" name="test_mock" file="base/c_test.rego" line="5" time="0.000000"/>
    <testcase classname="data.c_test (wasm)" name="test_outside" file="base/c_test.rego" line="7" time="0.000000">
      <skipped message="\`http.send\` is not there when plangate evaluates"/>
    </testcase>
  </testsuite>
</testsuites>
`,
      ),
    )
    .expectStderr((text) => expect(text).toContain('compiled to WebAssembly: 1 equal, 1 different, 1 not comparable'))
    .verify())

test('coverage lists the lines that no test evaluates', () =>
  plangate('verify', 'good', '--coverage', '--threshold', '90')
    .in(folder)
    .expectCode(1)
    .expectStdout(
      `2 tests: 2 passed

file         covered  lines that are not
good/a.rego   50.0 %  5
all files     75.0 %  3 of 4 lines
`,
    )
    .expectStderr('Code coverage threshold not met: got 75.00 instead of 90.00\n')
    .verify())

test('JUnit has a case for each test and each of its cases', () =>
  plangate('verify', 'bad', '--format', 'junit')
    .in(folder)
    .expectCode(1)
    .expectStdout((text) =>
      expect(text.replace(/time="[\d.]+"/g, 'time=""').replace(/\([\d.]+(µs|ms|s)\)/g, '(time)')).toBe(
        `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="plangate verify" tests="4" failures="2" errors="0" skipped="1" time="">
  <testsuite name="data.b_test" tests="4" failures="2" errors="0" skipped="1" time="">
    <testcase classname="data.b_test" name="test_fails" file="bad/b_test.rego" line="3" time="">
      <failure message="the test fails" type="fail">bad/b_test.rego:3
</failure>
      <system-out>looking
</system-out>
    </testcase>
    <testcase classname="data.b_test" name="test_cases / one" file="bad/b_test.rego" line="9" time=""/>
    <testcase classname="data.b_test" name="test_cases / two" file="bad/b_test.rego" line="9" time="">
      <failure message="the test fails" type="fail">bad/b_test.rego:9
</failure>
    </testcase>
    <testcase classname="data.b_test" name="todo_test_later" file="bad/b_test.rego" line="14" time="">
      <skipped/>
    </testcase>
  </testsuite>
</testsuites>
`,
      ),
    )
    .verify())

test('a profile is a table', () =>
  plangate('verify', 'good', '--profile', '--profile-limit', '1', '--profile-sort', 'num_eval')
    .in(folder)
    .expectStdout((text) =>
      expect(text).toMatch(
        /^2 tests: 2 passed\n┌─+┬─+┬─+┬─+┬─+┐\n│ +Time +│ Num Eval │ Num Redo │ Num Gen Expr │ +Location +│\n├.*┤\n│ [\d.]+(µs|ms|s) +│ \d+ +│ \d+ +│ \d+ +│ \S+ +│\n└.*┘\n$/,
      ),
    )
    .verify())

test('a benchmark prints what `opa test --bench` prints', () =>
  plangate('verify', 'good', '--bench', '--run', 'test_p$', '--format', 'gobench')
    .in(folder)
    .expectStdout((text) =>
      expect(text).toMatch(
        /^BenchmarkDataATestTestP\t +\d+\t +\d+ ns\/op\t.* timer_rego_query_eval_ns\/op\t +\d+ B\/op\t +\d+ allocs\/op\n-{80}\nPASS: 1\/1\n$/,
      ),
    )
    .verify())

test('what does not compile ends with 2 and names the place', () =>
  plangate('verify', 'broken')
    .in(folder)
    .expectCode(2)
    .expectStderr((text) => {
      expect(text).toContain('broken/d_test.rego:3:11: error: var y is unsafe [rego_unsafe_var_error]')
      expect(text).toContain('error: the tests do not compile: 1 error [ERR_POLICY_INVALID]')
    })
    .verify())

test('a run without an end ends with 3', () =>
  plangate('verify', 'endless', '--run-timeout', '3s')
    .in(folder)
    .expectCode(3)
    .expectStderr(coded('ERR_TIME_LIMIT'))
    .verify())

test.each([
  ['no tests are a failure where that is asked for', ['empty', '--fail-on-empty'], 1],
  ['a duration without a unit is wrong use', ['good', '--timeout', '5'], 2],
  ['a threshold above 100 is wrong use', ['good', '--threshold', '101'], 2],
  ['the format of benchmarks without one is wrong use', ['good', '--format', 'gobench'], 2],
  ['a folder that is not there is wrong use', ['nowhere'], 2],
])('%s', async (_, args, code) => {
  expect(
    (
      await plangate('verify', ...args)
        .in(folder)
        .outcome()
    ).code,
  ).toBe(code)
})
