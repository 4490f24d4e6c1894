import * as z from 'zod'
import { SESSION_COOKIE } from './cookie.js'
import type { Route, Schema } from './route.js'
import { errorSchema, loggedOutSchema } from './schemas.js'

type Json = Record<string, unknown>
type Answers = Route['answers']

/** Every address of `routes` as OpenAPI 3.1, with the answers that all of their kind share. */
export function buildOpenapi(version: string, routes: Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(PARAMETER, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tsunagu', version, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE } },
    },
  }
}

function operation(route: Route): Json {
  return {
    summary: route.summary,
    ...(route.session ? { security: [{ session: [] }] } : {}),
    ...parameters(route),
    ...requestBody(route),
    responses: Object.fromEntries(
      Object.entries({ ...sharedAnswers(route), ...route.answers }).map(([status, answer]) => [
        status,
        response(answer),
      ]),
    ),
  }
}

function requestBody({ body, file }: Route): Json {
  if (body) return { requestBody: { content: jsonOf(body) } }
  return file ? { requestBody: { content: { [file]: {} } } } : {}
}

/** A part of the address that stands for another, as the router writes it. */
const PARAMETER = /:(\w+)/g

function parameters({ path, method, query }: Route): Json {
  const named = [...path.matchAll(PARAMETER)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }))
  const { properties = {}, required = [] } = query ? z.toJSONSchema(query) : {}
  const asked = Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', schema },
    ...(required.includes(name) ? { required: true } : {}),
  }))
  const all = [...named, ...(method === 'get' ? [] : [MEANT]), ...asked]
  return all.length > 0 ? { parameters: all } : {}
}

const MEANT = {
  name: 'X-Requested-With',
  in: 'header',
  required: true,
  schema: { type: 'string', const: 'tsunagu' },
}

function sharedAnswers({ body, file, query, method, session }: Route): Answers {
  return {
    ...(body || file || query
      ? {
          400: { says: 'The request is not of this form; `field` names what is wrong.', schema: errorSchema },
        }
      : {}),
    ...(session ? { 401: { says: 'No session.', schema: loggedOutSchema } } : {}),
    ...(method !== 'get' ? { 403: { says: 'Not sent by our own page.', schema: errorSchema } } : {}),
    500: { says: 'A fault; it was logged.', schema: errorSchema },
  }
}

function response({ says, schema, type = 'text/plain' }: Answers[number]): Json {
  const content = schema ? jsonOf(schema) : { [type]: { schema: { type: 'string' } } }
  return { description: says, content }
}

function jsonOf(schema: Schema): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema)
  return { 'application/json': { schema: described } }
}
