import { loginBody } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { buildOpenapi } from './openapi.js'
import type { Route } from './route.js'
import { sessionSchema } from './schemas.js'

const handle = async () => ({ status: 200 })
const login: Route = {
  method: 'post',
  path: '/api/login',
  summary: 'Log in.',
  body: loginBody,
  answers: { 200: { says: 'Logged in.', schema: sessionSchema } },
  handle,
}
const phone: Route = {
  method: 'get',
  path: '/api/phone',
  summary: 'The phone.',
  session: true,
  answers: { 200: { says: 'Text.' } },
  handle,
}

const document = buildOpenapi('1.2.3', [login, phone])
const of = (path: string, method: string) =>
  (document['paths'] as Record<string, Record<string, Record<string, unknown>>>)[path]?.[method]

test('a body is described as the schema checks it', () => {
  expect(of('/api/login', 'post')).toMatchObject({
    requestBody: {
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['userId', 'password'],
            additionalProperties: false,
            properties: { userId: { type: 'string', minLength: 1, maxLength: 64 } },
          },
        },
      },
    },
  })
})

test('what changes something names the header and its refusals', () => {
  const operation = of('/api/login', 'post')
  expect(operation?.['parameters']).toMatchObject([{ name: 'X-Requested-With', required: true }])
  expect(Object.keys(operation?.['responses'] ?? {})).toEqual(['200', '400', '403', '500'])
})

test('what needs a session names the cookie and the 401', () => {
  const operation = of('/api/phone', 'get')
  expect(operation).toMatchObject({ security: [{ session: [] }] })
  expect(Object.keys(operation?.['responses'] ?? {})).toEqual(['200', '401', '500'])
})

test('a part of the address that stands for another is named', () => {
  const one: Route = { ...phone, method: 'delete', path: '/api/notices/:id' }
  const { paths } = buildOpenapi('1.2.3', [one]) as { paths: Record<string, object> }
  expect(paths['/api/notices/{id}']).toMatchObject({
    delete: { parameters: [{ name: 'id', in: 'path', required: true }, { name: 'X-Requested-With' }] },
  })
})

test('the document carries the version', () => {
  expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } })
})
