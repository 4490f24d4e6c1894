/**
 * Who may import whom (docs/architecture.md). Arrows point downwards only: a violation fails `npm run check`.
 * Each rule is proven by a fixture that it rejects: scripts/boundaries.test.mjs.
 */

const pure = [
  {
    group: [
      'node:*',
      'ioredis',
      'koa',
      '@koa/*',
      'socket.io',
      'ari-client',
      'pino',
      'kysely',
      '**/app/**',
      '**/adapters/**',
    ],
    message: 'domain/ is pure: data in, data out.',
  },
]

/** @param {string[]} files @param {{ group: string[], message: string }[]} patterns @param {Record<string, unknown>} [more] */
const rule = (files, patterns, more = {}) => ({
  files,
  ignores: ['**/*.test.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns }], ...more },
})

const noDeepContract = {
  group: ['@tsunagu/contract/*', '**/contract/src/*'],
  message: 'The contract is imported as a whole: @tsunagu/contract.',
}

/** @param {string} name @param {string} where */
const onlyIn = (name, where) => ({ group: [name], message: `${name} is known only to ${where}.` })

const jssip = onlyIn('jssip', 'frontend/src/adapters/phone.ts')
const ariClient = onlyIn('ari-client', 'backend/src/adapters/ari')

const impure = {
  'no-restricted-globals': [
    'error',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'process',
    'fetch',
    'performance',
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Time comes in on the event.' },
    { object: 'Math', property: 'random', message: 'Chance comes in as an argument.' },
  ],
}

const noAsync = {
  selector: ':matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression)[async=true]',
  message: 'domain/ decides at once: nothing to wait for.',
}
const noDefault = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a thing has one name everywhere.',
}

export const boundaries = [
  rule(
    ['backend/contract/src/**/*.ts'],
    [
      {
        group: ['node:*', '**/app/**', '**/adapters/**', '**/domain/**'],
        message: 'The contract runs in a browser too.',
      },
    ],
  ),
  rule(['backend/src/**/*.ts'], [noDeepContract, ariClient]),
  rule(['backend/src/domain/**/*.ts'], [...pure, noDeepContract], {
    ...impure,
    'no-restricted-syntax': ['error', noDefault, noAsync],
  }),
  rule(
    ['backend/src/app/**/*.ts'],
    [
      { group: ['**/adapters/**'], message: 'app/ knows ports, not adapters.' },
      {
        group: ['ioredis', 'koa', '@koa/*', 'socket.io', 'kysely', 'pino'],
        message: 'app/ knows ports, not libraries.',
      },
      noDeepContract,
      ariClient,
    ],
  ),
  rule(['backend/src/adapters/ari/**/*.ts'], [noDeepContract]),
  rule(['frontend/src/**/*.{ts,vue}'], [noDeepContract, jssip]),
  rule(['frontend/src/adapters/phone.ts', 'frontend/src/adapters/phone/**/*.ts'], [noDeepContract]),
  rule(
    ['frontend/src/{stores,model}/**/*.ts'],
    [
      {
        group: ['**/adapters/**', '**/actions/**'],
        message: 'Stores hold and models compute; neither does I/O.',
      },
      noDeepContract,
      jssip,
    ],
  ),
  rule(
    ['frontend/src/adapters/**/*.ts'],
    [
      {
        group: ['**/components/**', '**/pages/**'],
        message: 'Adapters translate; they do not know what is shown.',
      },
      noDeepContract,
    ],
  ),
]
