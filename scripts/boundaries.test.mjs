// @ts-check
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect, test } from 'vitest'
import { boundaries } from '../eslint.boundaries.js'

const eslint = new ESLint({
  overrideConfigFile: true,
  // ESLint's own type wants tuples where a plain list is the same to it.
  overrideConfig: /** @type {any} */ ([
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
    ...boundaries,
  ]),
})

/** @param {string} filePath @param {string} code */
async function complaints(filePath, code) {
  const [result] = await eslint.lintText(code, { filePath })
  return (result?.messages ?? []).map(({ message }) => message).join('\n')
}

test.each([
  [
    'backend/src/domain/call/a.ts',
    "import { readFileSync } from 'node:fs'\nreadFileSync('')",
    'data in, data out',
  ],
  ['backend/src/domain/call/a.ts', "import { Redis } from 'ioredis'\nnew Redis()", 'data in, data out'],
  [
    'backend/src/domain/call/a.ts',
    "import { Calls } from '../../app/calls/calls.js'\nCalls",
    'data in, data out',
  ],
  ['backend/src/domain/call/a.ts', 'export const now = Date.now()', 'Time comes in on the event'],
  ['backend/src/domain/call/a.ts', 'export const dice = Math.random()', 'Chance comes in'],
  ['backend/src/domain/call/a.ts', 'setTimeout(() => {}, 1)', 'setTimeout'],
  ['backend/src/domain/call/a.ts', 'export const f = async () => 1', 'nothing to wait for'],
  ['backend/src/domain/call/a.ts', 'export default 1', 'Named exports only'],
  ['backend/src/app/a.ts', "import { x } from '../adapters/redis/keys.js'\nx", 'ports, not adapters'],
  ['backend/src/app/a.ts', "import { Redis } from 'ioredis'\nRedis", 'ports, not libraries'],
  ['backend/src/app/a.ts', "import ari from 'ari-client'\nari", 'known only to backend/src/adapters/ari'],
  [
    'backend/src/adapters/http/a.ts',
    "import ari from 'ari-client'\nari",
    'known only to backend/src/adapters/ari',
  ],
  ['backend/src/adapters/http/a.ts', "import { x } from '@tsunagu/contract/src/ids.js'\nx", 'as a whole'],
  ['backend/contract/src/a.ts', "import { hostname } from 'node:os'\nhostname()", 'runs in a browser too'],
  ['frontend/src/stores/a.ts', "import { x } from '../adapters/socket.js'\nx", 'neither does I/O'],
  ['frontend/src/model/a.ts', "import { x } from '../actions/answer.js'\nx", 'neither does I/O'],
  [
    'frontend/src/actions/a.ts',
    "import * as JsSIP from 'jssip'\nJsSIP",
    'known only to frontend/src/adapters/phone.ts',
  ],
  ['frontend/src/adapters/a.ts', "import X from '../components/X.vue'\nX", 'they do not know what is shown'],
])('%s may not: %s', async (filePath, code, words) => {
  expect(await complaints(filePath, code)).toContain(words)
})

test.each([
  ['backend/src/adapters/ari/a.ts', "import ari from 'ari-client'\nari"],
  ['frontend/src/adapters/phone.ts', "import * as JsSIP from 'jssip'\nJsSIP"],
  ['backend/src/app/a.ts', "import { step } from '../domain/call/step.js'\nstep"],
])('%s may: %s', async (filePath, code) => {
  expect(await complaints(filePath, code)).toBe('')
})
